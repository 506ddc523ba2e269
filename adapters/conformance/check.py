#!/usr/bin/env python3
"""The conformance kit in Python, with nothing but its standard library.

    check.py offline                                  the cases fit the schemas, and the key material fits itself
    check.py inbox URL SYSTEM --test-ledger [TOKEN]   drives a system that takes messages
    check.py receiver URL                             drives a receiver of webhooks

What `inbox` sends is recorded like any message, the hold of a vehicle for instance: `--test-ledger` says that the system under test records
on a ledger of tests.

Prints a line for each case that differs, then how many passed and failed. Exit code 0, or 1 when something differs.
"""

import base64
import datetime
import hashlib
import hmac
import json
import pathlib
import re
import secrets
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

KIT = pathlib.Path(__file__).parent


def load(name):
    return json.loads((KIT / name).read_text(encoding="utf-8"))


def cases(part):
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((KIT / "cases").glob("*.json"))]
    return [case for file in files if file["part"] == part for case in file["cases"]]


# What is used of JSON Schema 2020-12.

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool}


def fits_type(value, name):
    if name in ("integer", "number"):
        return isinstance(value, (int, float)) and not isinstance(value, bool) and (name == "number" or float(value).is_integer())
    return isinstance(value, TYPES[name])


def faults(schema, value, at=""):
    """Pointers of what does not fit the schema."""
    if "type" in schema and not fits_type(value, schema["type"]):
        return [at]
    found = []
    if "const" in schema and value != schema["const"]:
        found.append(at)
    if "enum" in schema and value not in schema["enum"]:
        found.append(at)
    if isinstance(value, str):
        length = len(value.encode("utf-16-le")) // 2
        if length < schema.get("minLength", 0) or length > schema.get("maxLength", length):
            found.append(at)
        elif "pattern" in schema and not re.search(schema["pattern"], value, re.ASCII):
            found.append(at)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value < schema.get("minimum", value) or value > schema.get("maximum", value):
            found.append(at)
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0) or len(value) > schema.get("maxItems", len(value)):
            found.append(at)
        for index, each in enumerate(value):
            found += faults(schema.get("items", {}), each, f"{at}/{index}")
    if isinstance(value, dict):
        found += [f"{at}/{name}" for name in schema.get("required", []) if name not in value]
        for name, member in schema.get("properties", {}).items():
            if name in value:
                found += faults(member, value[name], f"{at}/{name}")
    if "anyOf" in schema and all(faults(each, value, at) for each in schema["anyOf"]):
        found.append(at)
    return found


# Check characters, which a schema cannot say.

WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def is_credit_code(text):
    """GB 32100."""
    if len(text) != 18 or any(letter not in LETTERS for letter in text):
        return False
    total = sum(LETTERS.index(letter) * weight for letter, weight in zip(text, WEIGHTS))
    return LETTERS[(31 - total % 31) % 31] == text[17]


VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9]))
VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]


def is_vin(text):
    """GB 16735: the check digit in position 9."""
    if not re.fullmatch("[A-HJ-NPR-Z0-9]{17}", text):
        return False
    total = sum((int(c) if c.isdigit() else VIN_VALUES[c]) * weight for c, weight in zip(text, VIN_WEIGHTS))
    return text[8] == "0123456789X"[total % 11]


def is_imei(text):
    """3GPP TS 23.003: fifteen digits, the last by Luhn."""
    if not re.fullmatch("[0-9]{15}", text, re.ASCII):
        return False
    doubled = [int(c) * (1 + at % 2) for at, c in enumerate(text)]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def looks_like_imei(text):
    """An IMEI in the place of something else: it begins with a body that gives out type codes (GSMA TS.06)."""
    return is_imei(text) and bool(re.match("01|10|30|33|35|44|45|49|5[0-4]|86|91|9[789]", text))


def imei_tag(pepper, imei):
    """What stands on the ledger in place of an IMEI."""
    return hmac.new(bytes.fromhex(pepper), b"huilian/imei/v1\0" + imei.encode(), hashlib.sha256).hexdigest()


def signature(secret, message_id, timestamp, body):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{message_id}.{timestamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


def offline():
    keys = load("keys.json")
    schemas = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (KIT / "schemas").glob("*.json")}
    for vector in keys["vectors"]:
        made = signature(keys["webhookSecret"], vector["id"], vector["timestamp"], vector["body"])
        yield f"signature {vector['id']}", [] if made == vector["signature"] else [made]
    for name, check in (("creditCodes", is_credit_code), ("vins", is_vin), ("imeis", is_imei)):
        wrong = [text for text in keys[name]["valid"] if not check(text)]
        wrong += [text for text in keys[name]["invalid"] if check(text)]
        yield name, wrong
    yield "imeiTags", [each["imei"] for each in keys["imeiTags"] if imei_tag(keys["imeiPepper"], each["imei"]) != each["tag"]]
    seen = set()
    for case in cases("inbox"):
        differences = []
        for step in case["steps"]:
            message = step.get("send")
            schema = schemas.get(message["type"]) if message and "type" in message else None
            if schema is None or message.get("version") != schema["properties"]["version"]["const"]:
                continue
            code, found = step["expect"].get("code"), faults(schema, message)
            if step["expect"]["taken"]:
                seen.add(message["type"])
                # Names of partners are for the system under test to know; the schema knows those of the dictionary.
                if found and not any("\u4e00" <= c for c in json.dumps(message, ensure_ascii=False)) and case["name"] != "partners":
                    differences.append(f"does not fit its schema at {found}")
            elif code in ("HL-9200", "HL-9202") and not found and not breaks_check(message):
                differences.append("fits its schema")
        yield case["name"], differences
    missing = sorted(set(schemas) - seen - {"messageReport"})
    yield "every message has an example", [f"none of {missing}"] if missing else []


def breaks_check(message):
    """What a schema cannot say: check characters, days that there are not, and zones."""
    data = message.get("data", {})
    return any(
        (name in ("receiver", "sender", "buyer", "consignee", "seller", "carrier", "handler", "against", "claimant", "paperParty") and not is_credit_code(value))
        or (name == "vin" and not is_vin(value))
        or (name == "imei" and not is_imei(value))
        or (name in ("unitSerial", "unitLabel", "partSerial", "lotNumber") and looks_like_imei(value))
        or (name == "lossDay" and not is_day(value))
        for name, value in data.items()
        if isinstance(value, str)
    )


def is_day(text):
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def ask(address, method, headers, body=None):
    request = urllib.request.Request(address, method=method, headers=headers, data=body)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def inbox(address, system, token=None):
    authorization = {"authorization": f"Bearer {token}"} if token else {}
    for case in cases("inbox"):
        if system not in case["systems"]:
            continue
        run, differences = "kit-" + secrets.token_hex(6), []
        for number, step in enumerate(case["steps"], 1):
            if "get" in step:
                name = urllib.parse.quote(step["get"].replace("{run}", run), safe="")
                answer = ask(f"{address}/v1/messages/{name}", "GET", authorization)
            else:
                text = json.dumps(step["send"], ensure_ascii=False) if "send" in step else step["raw"]
                text = re.sub(r"\{pad:(\d+)\}", lambda match: "x" * int(match[1]), text).replace("{run}", run)
                kind = step.get("contentType", "application/json")
                answer = ask(f"{address}/v1/messages", "POST", {**authorization, "content-type": kind}, text.encode())
            differences += [f"step {number}: {each}" for each in compare(step["expect"], answer)]
        yield case["name"], differences


def compare(expect, answer):
    status, headers, text = answer
    try:
        body = json.loads(text)
    except ValueError:
        body = {}
    if expect["taken"] != (200 <= status < 300):
        yield f"status {status}"
    if "status" in expect and expect["status"] != status:
        yield f"status {status}, expected {expect['status']}"
    if "code" in expect and expect["code"] != body.get("code"):
        yield f"code {body.get('code')}, expected {expect['code']}"
    pointers = [fault["pointer"] for fault in body.get("errors", [])]
    for pointer in expect.get("pointers", []):
        if pointer not in pointers:
            yield f"errors name {pointers}, not {pointer}"
    if "unknown" in expect:
        unknown = sorted(field["pointer"] for field in body.get("unknownFields", []))
        if unknown != sorted(expect["unknown"]):
            yield f"unknownFields {unknown}, expected {expect['unknown']}"
    if "known" in expect and headers.get("huilian-known") != str(expect["known"]).lower():
        yield f"Huilian-Known {headers.get('huilian-known')}"
    for each in expect.get("absent", []):
        if each in text:
            yield f"{each} stands in the answer"


def receiver(address):
    keys = load("keys.json")
    for case in cases("receiver"):
        run, differences = secrets.token_hex(6), []
        for number, step in enumerate(case["steps"], 1):
            seconds = int(time.time()) - step.get("secondsAgo", 0)
            message_id = f"{step.get('id', 'evt_kit_1')}_{run}"
            body = json.dumps({"type": step.get("type", "event.accepted.accept"), "data": {"id": "kit"}})
            right = signature(keys["webhookSecret"], message_id, seconds, body)
            wrong = signature(keys["otherWebhookSecret"], message_id, seconds, body)
            given = {"secret": wrong, "none": None, "second": f"{wrong} {right}"}.get(step.get("tamper"), right)
            headers = {"content-type": "application/json", "webhook-id": message_id, "webhook-timestamp": str(seconds)}
            if given:
                headers["webhook-signature"] = given
            sent = body.replace('"kit"', '"kot"') if step.get("tamper") == "body" else body
            status, _, _ = ask(address, "POST", headers, sent.encode())
            if (200 <= status < 300) != step["expect"]["taken"]:
                differences.append(f"step {number}: status {status}")
        yield case["name"], differences


def main(arguments):
    parts = {"offline": offline, "inbox": inbox, "receiver": receiver}
    part, *others = [argument for argument in arguments if argument != "--test-ledger"] or [""]
    if part not in parts or (part == "inbox" and "--test-ledger" not in arguments):
        print(__doc__)
        return 2
    passed = failed = 0
    for name, differences in parts[part](*others):
        if differences:
            failed += 1
            print(f"{name}: {'; '.join(differences)}")
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
