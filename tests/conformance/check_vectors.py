"""Checks the published test vectors with Python's standard library alone.

Written from the description of the formats, not from the code: a second opinion, and an example for others.
Usage: check_vectors.py FOLDER
"""

import base64
import hashlib
import hmac
import json
import re
import struct
import sys
import zlib
from pathlib import Path

folder = Path(sys.argv[1])
checks = 0
failures = []


def load(name):
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def check(what, expected, found):
    global checks
    checks += 1
    if expected != found:
        failures.append(f"{what}: expected {expected!r}, found {found!r}")


def text_of(value):
    """RFC 8785 for values whose numbers are integers: members sorted by UTF-16 code units."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{text_of(name)}:{text_of(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(text_of(member) for member in value) + "]"
    if isinstance(value, str):
        # Python escapes U+007F and nothing else beyond what RFC 8785 asks for; ensure_ascii off leaves it alone.
        return json.dumps(value, ensure_ascii=False)
    return json.dumps(value)


def canonical(value):
    return text_of(value).encode("utf-8")


def unbase64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def leaf(data):
    return sha256(b"\x00", data)


def root(leaves):
    """RFC 9162, section 2.1.1."""
    if not leaves:
        return sha256()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01", root(leaves[:k]), root(leaves[k:]))


def root_of_path(node, index, size, path):
    """RFC 9162, section 2.1.3.2."""
    fn, sn = index, size - 1
    for sibling in path:
        if sn == 0:
            return None
        if fn % 2 == 1 or fn == sn:
            node = sha256(b"\x01", sibling, node)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = sha256(b"\x01", node, sibling)
        fn, sn = fn >> 1, sn >> 1
    return node if sn == 0 else None


def words_of(data, width):
    """The first bits of some bytes, in words of five bits."""
    bits = int.from_bytes(data, "big") >> (len(data) * 8 - width)
    return [(bits >> shift) & 31 for shift in range(width - 5, -1, -5)]


ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def ascending(words):
    """The words whose characters sort as these words do."""
    return [ALPHABET.index(sorted(ALPHABET)[word]) for word in words]


def bech32m(prefix, words):
    """BIP-350, over words of five bits."""
    values = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix] + words + [0] * 6
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            if top >> bit & 1:
                checksum ^= generator
    checksum ^= 0x2BC830A3
    words = words + [(checksum >> 5 * (5 - place)) & 31 for place in range(6)]
    return prefix + "1" + "".join(ALPHABET[word] for word in words)


def credit_code_check(body):
    """GB 32100-2015."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * pow(3, place, 31) for place, c in enumerate(body))
    return alphabet[-total % 31]


def vin_check_digit(vin):
    """49 CFR 565.15, GB 16735."""
    values = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", [*range(1, 9), *range(1, 6), 7, 9, *range(2, 10), *range(10)]))
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    return "0123456789X"[sum(values[c] * w for c, w in zip(vin, weights)) % 11]


def battery_code(code):
    """GB/T 34014-2017: level, and the date of production as far as it is certain."""
    letters = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
    level = {"P": "pack", "M": "module", "C": "cell"}[code[3]]
    year, month, day = (letters.index(character) for character in code[14:17])
    date = f"{2010 + year}-{month:02}"
    last = {"U": 27, "V": None, "W": 28, "X": 29, "Y": 30, "Z": 31, "0": 31}
    day = last.get(code[16], day)
    return level, date if day is None else f"{date}-{day:02}"


def imei_tag(imei, pepper):
    """3GPP TS 23.003, annex B: Luhn, every second digit from the right doubled."""
    doubled = [int(c) * (1 + place % 2) for place, c in enumerate(reversed(imei))]
    assert sum(n // 10 + n % 10 for n in doubled) % 10 == 0
    return hmac.new(pepper, b"huilian/imei/v1\0" + imei.encode(), hashlib.sha256).hexdigest()


P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P) if a == b else (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def times(k, point):
    result = None
    while k:
        if k & 1:
            result = add(result, point)
        point, k = add(point, point), k >> 1
    return result


def is_signed(key, message, signature):
    """FIPS 186-4 over P-256; 64 bytes, low s, one spelling."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{86}", signature):
        return False
    raw = unbase64url(signature)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    if base64url(raw) != signature or not (0 < r < N and 0 < s <= N // 2):
        return False
    point = tuple(int.from_bytes(unbase64url(key[name]), "big") for name in "xy")
    digest, inverse = int.from_bytes(sha256(message), "big"), pow(s, -1, N)
    found = add(times(digest * inverse % N, G), times(r * inverse % N, point))
    return found is not None and found[0] % N == r


def check_formats():
    for case in load("canonical")["accepted"]:
        check("canonical", case["text"], text_of(case["value"]))
        check("canonical digest", case["sha256"], sha256(canonical(case["value"])).hex())
    for case in load("keys")["keys"]:
        key = case["key"]
        public = text_of({name: key[name] for name in ("crv", "kty", "x", "y")})
        check("key id", case["keyId"], base64url(sha256(public.encode())))
        point = times(int.from_bytes(unbase64url(key["d"]), "big"), G)
        check("public key", (key["x"], key["y"]), tuple(base64url(n.to_bytes(32, "big")) for n in point))
    signatures = load("signatures")
    for expected, cases in ((True, signatures["accepted"]), (False, signatures["refused"])):
        for case in cases:
            check("signature", expected, is_signed(signatures["key"], case["message"].encode(), case["signature"]))
    for case in load("item-ids")["accepted"]:
        nonce = unbase64url(case["nonce"])
        digest = sha256(b"huilian/item/v1\0", case["keyId"].encode(), b"\0", case["nonce"].encode())
        check("item id", case["id"], bech32m("hl", ascending(words_of(nonce, 25)) + words_of(digest, 80)))
    for code in load("credit-codes")["accepted"]:
        check("credit code", code[17], credit_code_check(code[:17]))
    for case in load("tags")["accepted"]:
        if case["scheme"] == "vin":
            check("VIN", (case["checkDigit"], case["value"][8]), (vin_check_digit(case["value"]), case["checkDigit"]))
        if case["scheme"] == "battery":
            check("battery code", (case["level"], case["produced"]), battery_code(case["value"]))
    for case in load("tags")["imei"]:
        check("IMEI", case["value"], imei_tag(case["imei"], bytes.fromhex(case["pepper"])))


def check_trees():
    tree = load("merkle")
    leaves = [leaf(bytes.fromhex(data)) for data in tree["data"]]
    for case in tree["roots"]:
        check("root", case["root"], root(leaves[: case["size"]]).hex())
    for case in tree["paths"]:
        path = [bytes.fromhex(node) for node in case["path"]]
        found = root_of_path(leaves[case["index"]], case["index"], case["size"], path)
        check("path", root(leaves[: case["size"]]), found)


def check_batches():
    for case in load("events")["accepted"]:
        check("event", case["text"], text_of(case["event"]))
    case = load("batches")
    batch = case["batch"]
    header = batch["header"]
    seed = unbase64url(batch["seed"])
    count = len(batch["events"])
    stream = hashlib.shake_128(seed).digest(16 * count)
    salts = [stream[16 * i : 16 * i + 16] for i in range(count)]
    leaves = [leaf(salt + canonical(event)) for salt, event in zip(salts, batch["events"])]
    check("salts", case["salts"], [salt.hex() for salt in salts])
    check("leaves", case["leaves"], [node.hex() for node in leaves])
    check("root of the header", header["root"], root(leaves).hex())
    check("batch digest", case["digest"], sha256(canonical(header)).hex())
    check("signature of the batch", True, is_signed(case["publicKey"], canonical(header), batch["signature"]))
    check("batch", case["text"], text_of(batch))
    group = load("groups")
    data = base64.b64decode(group["group"])
    inflated = zlib.decompress(data[4:], wbits=-15)
    check("length of the group", struct.unpack(">I", data[:4])[0], len(inflated))
    check("group", group["inflated"].encode(), inflated)
    check("batches of the group", canonical([batch]), inflated)


def check_proofs():
    receipts = load("receipts")
    receipt = receipts["receipt"]
    outcome = root([leaf(verdict.encode()) for verdict in receipts["verdicts"]])
    check("receipt", receipts["text"], text_of(receipt))
    check("outcome", receipt["outcome"], outcome.hex())
    for proof in load("proofs")["proofs"]:
        index, size = proof["index"], receipt["count"]
        node = leaf(unbase64url(proof["salt"]) + canonical(proof["event"]))
        path, outcome_path = ([bytes.fromhex(n) for n in proof[name]] for name in ("path", "outcomePath"))
        check("proof of the event", receipt["root"], root_of_path(node, index, size, path).hex())
        end = root_of_path(leaf(proof["verdict"].encode()), index, size, outcome_path)
        check("proof of the verdict", receipt["outcome"], end.hex())
        check("proof of the header", receipt["digest"], sha256(canonical(proof["header"])).hex())
    record = load("record")
    rows = {key: (row, json.loads(text)) for key, row, text in record["writes"]}
    check("rows in order", sorted(rows), [key for key, _, _ in record["writes"]])
    for key, row, text in record["writes"]:
        check("stored row", text, text_of(json.loads(text)))
    batch_row, stored = next(both for key, both in rows.items() if key.startswith("recorded/"))
    check("root on the ledger", receipt["root"], batch_row["root"])
    check("root as it is stored", bytes.fromhex(receipt["root"]), unbase64url(stored["r"]))
    item, stored = next(both for key, both in rows.items() if key.startswith("item/"))
    check("head of the item", item["head"], stored[0])


check_formats()
check_trees()
check_batches()
check_proofs()
for failure in failures:
    print(failure)
print(f"{checks} checks, {len(failures)} failed")
sys.exit(1 if failures else 0)
