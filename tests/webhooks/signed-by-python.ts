import { spawnSync, type SpawnSyncReturns } from 'node:child_process';

const script = `
import base64, hashlib, hmac, json, sys
given = json.load(sys.stdin)
key = base64.b64decode(given["secret"].removeprefix("whsec_"))
text = "%s.%s.%s" % (given["id"], given["timestamp"], given["body"])
digest = hmac.new(key, text.encode(), hashlib.sha256).digest()
print("v1," + base64.b64encode(digest).decode(), end="")
`;

/** The signature of a message as a receiver finds it that has Python and nothing of ours. */
export function signedByPython(message: object): SpawnSyncReturns<string> {
  return spawnSync('python3', ['-c', script], { input: JSON.stringify(message), encoding: 'utf8' });
}
