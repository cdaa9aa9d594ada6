#!/usr/bin/env python3
"""A second verifier of Countersign's bundles, written from docs/bundle-format.md alone.

    verify.py [--key TEXT | --fingerprint HEX] BUNDLE      0 whole, 1 broken, 2 unreadable
    verify.py --list      on standard input a path a line, or a path, a tab and a fingerprint; verdicts as JSON lines

It needs Python 3.9 and its standard library. The numbers in comments are the format's sections.
"""

import hashlib
import json
import re
import struct
import sys
import zlib
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

DEEPEST = 100
MOST_COMMAS = 1_200_000
MIB = 1024 * 1024
HASH = re.compile(r"[0-9a-f]{64}")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PATH = re.compile(r"files/[0-9a-f-]{36}")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
NAME = r"[\x21-\x2a\x2c-\x7e]{1,200}"
SIGNATURES = {
    "approval.granted": "approve",
    "approval.rejected": "reject",
    "break-glass.confirmed": "break-glass",
}


class Unreadable(Exception):
    pass


class Broken(Exception):
    def __init__(self, code, seq=None):
        super().__init__(code)
        self.code, self.seq = code, seq


def sha256(data):
    return hashlib.sha256(data).digest()


def is_time(value):
    """A moment that there is, in the one form that times have."""
    if not isinstance(value, str) or TIME.fullmatch(value) is None:
        return False
    year, month, day = int(value[:4]), int(value[5:7]), int(value[8:10])
    hour, minute, second = int(value[11:13]), int(value[14:16]), int(value[17:19])
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = [31, 29 if is_leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return 1 <= month <= 12 and 1 <= day <= days[month - 1] and hour < 24 and minute < 60 and second < 60


# --- 1. The container -------------------------------------------------------------------------


class Container:
    def __init__(self, file):
        self.file = file
        file.seek(0, 2)
        size = file.tell()
        end = self.exactly(size - 22, 22)
        signature, disk, start_disk, count, again, length, offset, comment = struct.unpack("<IHHHHIIH", end)
        if (signature, disk, start_disk, comment) != (0x06054B50, 0, 0, 0) or count != again:
            raise Unreadable("no end of a ZIP file")
        if offset + length + 22 != size or count > 10_000 or length > 146 * count:
            raise Unreadable("the directory is not where it must be")
        directory = self.exactly(offset, length)
        self.entries = []
        at = place = 0
        for _ in range(count):
            header = directory[at : at + 46]
            if len(header) < 46:
                raise Unreadable("the directory is cut off")
            fields = struct.unpack("<IHHHHHHIIIHHHHHII", header)
            (signature, _by, needed, flags, method, time, date, crc, packed, real, name_length) = fields[:11]
            name = directory[at + 46 : at + 46 + name_length]
            if (
                (signature, needed, flags) != (0x02014B50, 20, 8)
                or method not in (0, 8)
                or (method == 0 and packed != real)
                or name_length > 100
                or len(name) != name_length
                or any(header[30:42])
                or fields[16] != place
            ):
                raise Unreadable("a directory entry that a bundle never has")
            local = struct.pack("<IHHHHHIIIHH", 0x04034B50, needed, flags, method, time, date, 0, 0, 0, name_length, 0)
            descriptor = struct.pack("<IIII", 0x08074B50, crc, packed, real)
            bytes_at = place + 30 + name_length
            if self.exactly(place, 30 + name_length) != local + name:
                raise Unreadable("a local header differs from the directory")
            if self.exactly(bytes_at + packed, 16) != descriptor:
                raise Unreadable("a data descriptor differs from the directory")
            self.entries.append((name.decode("latin-1"), method, bytes_at, packed, real))
            at += 46 + name_length
            place = bytes_at + packed + 16
        if at != length or place != offset:
            raise Unreadable("something is between the entries")
        self.check_order()

    def exactly(self, offset, length):
        if offset < 0:
            raise Unreadable("cut off")
        self.file.seek(offset)
        data = self.file.read(length)
        if len(data) != length:
            raise Unreadable("cut off")
        return data

    def check_order(self):
        names = [entry[0] for entry in self.entries]
        if names[:2] != ["manifest.json", "manifest.sig"] or any(entry[1] != 0 for entry in self.entries[1:]):
            raise Unreadable("the entries are not those of a bundle")
        files = names[2:]
        if any(files[i] >= files[i + 1] for i in range(len(files) - 1)):
            raise Unreadable("the files are not in order")
        if any(real > 64 * MIB for _name, _method, _at, _packed, real in self.entries[2:]):
            raise Unreadable("a file is too large")
        self.files = {entry[0]: entry for entry in self.entries[2:]}

    def content(self, entry, limit):
        _name, method, offset, packed, real = entry
        if real > limit or packed > limit + MIB:
            raise Unreadable("an entry is too large")
        data = self.exactly(offset, packed)
        if method == 0:
            return data
        inflater = zlib.decompressobj(-15)
        try:
            data = inflater.decompress(data, real + 1)
        except zlib.error as error:
            raise Unreadable("the manifest cannot be unpacked") from error
        if len(data) == real and not inflater.eof:
            try:
                data += inflater.decompress(inflater.unconsumed_tail, 1)
            except zlib.error as error:
                raise Unreadable("the manifest cannot be unpacked") from error
        if len(data) != real or not inflater.eof or inflater.unused_data:
            raise Unreadable("the manifest has another size")
        return data


# --- Canonical JSON (RFC 8785) ----------------------------------------------------------------


STRINGS = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)', re.DOTALL)
OTHERS = re.compile(r"[^\[\]{},]+")


def too_deep(text):
    marks = OTHERS.sub("", STRINGS.sub("", text))
    if marks.count(",") > MOST_COMMAS:
        return True
    depth = 0
    for bracket in marks.replace(",", ""):
        depth += 1 if bracket in "{[" else -1
        if depth > DEEPEST:
            return True
    return False


def whole_number(text):
    if len(text) < 16:
        return int(text)
    return float(text)


def no_constant(name):
    raise ValueError(name)


def parse(text):
    """What JSON says, whatever its form. Raises ValueError."""
    return json.loads(text, parse_int=whole_number, parse_constant=no_constant)


def canonical(value):
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "[" + ",".join(canonical(entry) for entry in value) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(quoted(name) + ":" + canonical(value[name]) for name in names) + "}"


ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
ESCAPED = re.compile('["\\\\\x00-\x1f]')


def quoted(text):
    text.encode("utf-8")  # raises UnicodeEncodeError, a ValueError, for a lone surrogate
    return '"' + ESCAPED.sub(lambda m: ESCAPES.get(m.group()) or "\\u%04x" % ord(m.group()), text) + '"'


def number(value):
    if isinstance(value, int):
        return str(value)
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError("no JSON number")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    integer, _, fraction = mantissa.partition(".")
    if fraction == "0":
        fraction = ""
    point = len(integer) + int(exponent or 0)
    digits = integer + fraction
    point -= len(digits) - len(digits.lstrip("0"))
    digits = digits.lstrip("0").rstrip("0")
    if len(digits) <= point <= 21:
        shown = digits + "0" * (point - len(digits))
    elif 0 < point <= 21:
        shown = digits[:point] + "." + digits[point:]
    elif -6 < point <= 0:
        shown = "0." + "0" * -point + digits
    else:
        rest = "." + digits[1:] if len(digits) > 1 else ""
        shown = digits[0] + rest + "e" + ("+" if point > 0 else "-") + str(abs(point - 1))
    return sign + shown


def canonical_value(text):
    """The value of a text in canonical form; None for any other text."""
    try:
        value = parse(text)
        return value if canonical(value) == text else None
    except (ValueError, RecursionError):
        return None


# --- 2. The manifest --------------------------------------------------------------------------


def is_count(value):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return value == int(value) and 0 <= value < 2**53


def matches(pattern):
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def at_most(length):
    return lambda value: isinstance(value, str) and len(value.encode("utf-16-be")) // 2 <= length


def is_text(value):
    return isinstance(value, str)


def list_of(check, most=None):
    return lambda value: (
        isinstance(value, list) and (most is None or len(value) <= most) and all(check(entry) for entry in value)
    )


def members(**checks):
    return lambda value: (
        isinstance(value, dict)
        and set(value) == set(checks)
        and all(check(value[name]) for name, check in checks.items())
    )


is_hash = matches(HASH)
is_event = members(seq=is_count, body=is_text, hash=is_hash, leaf=is_count, proof=list_of(is_hash, 64))


def with_optional(name, check, rest):
    return lambda value: (
        isinstance(value, dict)
        and (name not in value or check(value[name]))
        and rest({member: value[member] for member in value if member != name})
    )


is_whole_manifest = members(
    format=lambda value: value == "countersign/bundle/1",
    deployment=matches(UUID),
    key=at_most(300),
    checkpoint=at_most(4096),
    head=members(seq=is_count, hash=is_hash),
    events=lambda value: list_of(is_event)(value) and len(value) > 0,
    signed=list_of(members(digest=is_hash, text=is_text)),
    files=list_of(members(path=matches(PATH), sha256=is_hash)),
)
is_manifest = with_optional("stone", is_event, is_whole_manifest)


def read_manifest(data):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable("the manifest is no text") from error
    manifest = None if too_deep(text) else canonical_value(text)
    if not is_manifest(manifest):
        raise Unreadable("the manifest is not that of a bundle")
    return manifest


# --- 3. Keys and notes ------------------------------------------------------------------------


def text_from(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def base64(text):
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        return None
    return data if b64encode(data).decode() == text else None


class Key:
    def __init__(self, text):
        parts = re.fullmatch(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})", text)
        material = base64(parts.group(3)) if parts else None
        if material is None or len(material) != 33 or material[0] != 1:
            raise Broken("key")
        self.text, self.name, self.public = text, parts.group(1), material[1:]
        if re.fullmatch(NAME, self.name) is None:
            raise Broken("key")
        self.id = sha256(self.name.encode() + b"\n" + material)[:4]
        if self.id.hex() != parts.group(2):
            raise Broken("key")

    def fingerprint(self):
        return sha256(self.text.encode()).hex()

    def open(self, note):
        """The text of a note that this key has signed; None for any other."""
        if note is None:
            return None
        end = note.rfind("\n\n")
        if end < 0 or not note.endswith("\n") or re.search("[\x00-\x09\x0b-\x1f\x7f]", note):
            return None
        text = note[: end + 1]
        ours = []
        for line in note[end + 2 : -1].split("\n"):
            parts = re.fullmatch("\u2014 (" + NAME + ") ([A-Za-z0-9+/]+={0,2})", line)
            data = base64(parts.group(2)) if parts else None
            if data is None or len(data) < 5:
                return None
            if parts.group(1) == self.name and data[:4] == self.id:
                ours.append(data[4:])
        if ours and all(ed25519_holds(self.public, text.encode(), signature) for signature in ours):
            return text
        return None


# --- 4. The events ----------------------------------------------------------------------------


def text_of(value, name):
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def check_events(manifest):
    opened = []
    prev = None
    for n, event in enumerate(manifest["events"], 1):
        body = event["body"]
        if too_deep(body):
            raise Broken("event-form", n)
        if event["seq"] != n:
            raise Broken("event-missing", n)
        if sha256(body.encode("utf-8", "surrogatepass")).hex() != event["hash"]:
            raise Broken("event-hash", n)
        entry = canonical_value(body)
        if not isinstance(entry, dict):
            raise Broken("event-form", n)
        if entry.get("stream") != manifest["deployment"] or entry.get("seq") != n or entry.get("seq") is True:
            raise Broken("event-place", n)
        if "prev" not in entry or entry["prev"] != prev:
            raise Broken("event-link", n)
        is_event = (
            entry.get("format") == 1
            and entry.get("format") is not True
            and is_text(entry.get("type"))
            and is_time(entry.get("at"))
            and text_of(entry.get("actor"), "id") is not None
            and text_of(entry.get("actor"), "name") is not None
            and isinstance(entry.get("data"), dict)
        )
        if not is_event:
            raise Broken("event-form", n)
        opened.append((n, entry))
        prev = event["hash"]
    if manifest["head"] != {"seq": len(opened), "hash": prev}:
        raise Broken("head")
    return opened


# --- 4a. What a removal left ------------------------------------------------------------------

ENDINGS = ("deployment.completed", "deployment.rolled-back", "deployment.cancelled")
DAY = 24 * 60 * 60 * 1000


def milliseconds(time):
    """From the year 0 on, so that two can be compared."""
    year, month, day = int(time[:4]), int(time[5:7]), int(time[8:10])
    before = year - (month < 3)
    days = 365 * before + before // 4 - before // 100 + before // 400 + (153 * ((month + 9) % 12) + 2) // 5 + day
    hour, minute, second, thousandth = int(time[11:13]), int(time[14:16]), int(time[17:19]), int(time[20:23])
    return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + thousandth


def is_number(expected):
    return lambda value: is_count(value) and value == expected


def check_shells(manifest):
    opened = []
    prev = None
    for n, event in enumerate(manifest["events"], 1):
        body = event["body"]
        if too_deep(body):
            raise Broken("event-form", n)
        if event["seq"] != n:
            raise Broken("event-missing", n)
        entry = canonical_value(body)
        if not isinstance(entry, dict) or not is_number(manifest["stone"]["seq"])(entry.get("removed")):
            raise Broken("event-form", n)
        if entry.get("stream") != manifest["deployment"] or not is_number(n)(entry.get("seq")):
            raise Broken("event-place", n)
        if "prev" not in entry or entry["prev"] != prev:
            raise Broken("event-link", n)
        is_shell = members(
            actor=members(id=is_text),
            at=is_time,
            format=is_number(1),
            prev=lambda value: True,
            removed=is_count,
            seq=is_count,
            stream=is_text,
            type=is_text,
        )
        if not is_shell(entry):
            raise Broken("event-form", n)
        opened.append(entry)
        prev = event["hash"]
    if manifest["head"] != {"seq": len(opened), "hash": prev}:
        raise Broken("head")
    return opened


def check_stone(manifest, shells, size, root):
    given = manifest["stone"]
    stone = None if too_deep(given["body"]) else canonical_value(given["body"])
    told = stone.get("data") if isinstance(stone, dict) else None
    is_stone = (
        isinstance(told, dict)
        and sha256(given["body"].encode()).hex() == given["hash"]
        and matches(UUID)(stone.get("stream"))
        and is_number(given["seq"])(stone.get("seq"))
        and is_number(1)(stone.get("format"))
        and stone.get("type") == "retention.content-removed"
        and is_time(stone.get("at"))
        and text_of(stone.get("actor"), "id") is not None
        and text_of(stone.get("actor"), "name") is not None
        and is_text(told.get("service"))
        and is_text(told.get("version"))
        and is_time(told.get("endedAt"))
        and is_count(told.get("retentionDays"))
        and 30 <= told["retentionDays"] <= 36_500
        and told.get("policy") in ("by-the-clock", "by-hand")
        and ("kept" not in told or is_hash(told["kept"]))
    )
    if not is_stone or not is_logged(given, stone["stream"], size, root):
        raise Broken("stone")
    left = "\n".join(event["body"] for event in manifest["events"])
    is_told = (
        told.get("deployment") == manifest["deployment"]
        and is_number(len(shells))(told.get("events"))
        and told.get("headHash") == manifest["head"]["hash"]
        and told.get("shells") == sha256(left.encode()).hex()
    )
    ends = [place for place, shell in enumerate(shells) if shell["type"] in ENDINGS]
    holds = [place for place, shell in enumerate(shells) if shell["type"].startswith("legal-hold.")]
    if not is_told or not ends or (holds and shells[holds[-1]]["type"] == "legal-hold.set"):
        raise Broken("stone")
    if holds and "kept" in told:
        lifted = max(milliseconds(shell["at"]) for shell in shells[: holds[-1] + 1])
        if lifted + 7 * DAY > milliseconds(stone["at"]):
            raise Broken("stone")
    over = max(milliseconds(shell["at"]) for shell in shells[: ends[-1] + 1])
    if over + told["retentionDays"] * DAY > milliseconds(stone["at"]):
        raise Broken("stone")
    if manifest["signed"]:
        raise Broken("signed-content")
    return {"stone": given["seq"], "at": stone["at"]}


# --- 5. The log -------------------------------------------------------------------------------


def check_log(manifest, key):
    text = key.open(manifest["checkpoint"])
    lines = text.split("\n") if text is not None else []
    if len(lines) != 5 or lines[0] != key.name or re.fullmatch(r"[1-9][0-9]{0,14}", lines[1]) is None:
        raise Broken("checkpoint")
    root = base64(lines[2])
    if root is None or len(root) != 32 or not lines[3].startswith("time ") or not is_time(lines[3][5:]):
        raise Broken("checkpoint")
    for n, event in enumerate(manifest["events"], 1):
        if not is_logged(event, manifest["deployment"], int(lines[1]), root):
            raise Broken("inclusion", n)
    return int(lines[1]), root


def is_logged(event, stream, size, root):
    leaf = '{"hash":"%s","seq":%d,"stream":"%s"}' % (event["hash"], event["seq"], stream)
    proof = [bytes.fromhex(one) for one in event["proof"]]
    return is_included(sha256(b"\0" + leaf.encode()), int(event["leaf"]), size, proof, root)


def is_included(leaf, index, size, proof, root):
    if index >= size:
        return False
    position, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            found = sha256(b"\1" + sibling + found)
            while not position & 1 and position != 0:
                position >>= 1
                last >>= 1
        else:
            found = sha256(b"\1" + found + sibling)
        position >>= 1
        last >>= 1
    return last == 0 and found == root


# --- 6. Signatures on the record --------------------------------------------------------------


def check_signatures(manifest, events):
    texts = {entry["digest"]: entry["text"] for entry in manifest["signed"]}

    def is_genuine(digest):
        return digest in texts and sha256(texts[digest].encode("utf-8", "surrogatepass")).hex() == digest

    named, answers = set(), set()
    for n, event in events:
        if event["type"] not in SIGNATURES:
            continue
        data = event["data"]
        digest = text_of(data, "digest")
        if not is_genuine(digest) or not is_content(manifest["deployment"], event, texts, texts[digest]):
            raise Broken("signed-content", n)
        named |= {digest, text_of(parse(texts[digest]), "content")}
        if text_of(data, "proof") == "passkey" and not is_asserted(manifest["deployment"], event):
            raise Broken("assertion", n)
        nonce = text_of(data.get("assertion"), "nonce")
        if nonce is not None and nonce in answers:
            raise Broken("assertion", n)
        answers.add(nonce)
    if len(texts) != len(manifest["signed"]) or not all(is_genuine(digest) for digest in texts):
        raise Broken("signed-content")
    if not all(digest in named for digest in texts):
        raise Broken("signed-content")
    check_details(texts, events)


def check_details(texts, events):
    details, is_standing = members_of(events[0][1]["data"].get("details")) if events else {}, False
    for index, (n, event) in enumerate(events):
        kind, data = event["type"], event["data"]
        if kind in SIGNATURES and not is_same(signed_details(texts, event), details):
            raise Broken("signed-content", n)
        if kind == "approval.granted":
            is_standing = True
        if kind in ("sign-off.voided", "rejection.answered"):
            is_standing = False
        if kind != "deployment.details-changed":
            continue
        to = members_of(data.get("to"))
        is_voiding = index + 1 < len(events) and events[index + 1][1]["type"] == "sign-off.voided"
        if is_standing and not is_voiding and any(name != "links" for name in to):
            raise Broken("signed-content", n)
        details = {**details, **to}


def signed_details(texts, event):
    """The details in the text that a signature covers; None where they are not there."""
    content = content_of(texts[event["data"]["digest"]])
    if event["type"] == "break-glass.confirmed":
        content = content_of(texts[content["content"]])
    inner = content.get("deployment") if isinstance(content, dict) else None
    details = inner.get("details") if isinstance(inner, dict) else None
    return details if isinstance(details, dict) else None


def is_same(signed, details):
    if signed is None:
        return False
    try:
        return canonical(without_links(signed)) == canonical(without_links(details))
    except ValueError:
        return False


def without_links(details):
    return {name: value for name, value in details.items() if name != "links"}


def members_of(value):
    return value if isinstance(value, dict) else {}


@lru_cache(maxsize=None)
def content_of(text):
    """What a signed text says; None where it is no JSON, or nests too deep."""
    try:
        return None if too_deep(text) else parse(text)
    except (ValueError, RecursionError):
        return None


def is_content(deployment, event, texts, text):
    content = content_of(text)
    form = text_of(content, "format")
    if event["type"] != "break-glass.confirmed":
        inner = content.get("deployment") if isinstance(content, dict) else None
        return form == "countersign/signed-content/1" and text_of(inner, "id") == deployment
    return (
        form == "countersign/break-glass/1"
        and text_of(content, "phase") == text_of(event["data"], "phase")
        and text_of(content, "content") in texts
    )


def base64url(text):
    if text is None:
        return None
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
    return data if urlsafe_b64encode(data).decode().rstrip("=") == text else None


def is_asserted(deployment, event):
    data = event["data"]
    assertion = data.get("assertion")
    nonce = text_of(assertion, "nonce")
    names = ("publicKey", "clientData", "authenticatorData", "signature")
    public, client, authenticator, signature = (base64url(text_of(assertion, name)) for name in names)
    if nonce is None or None in (public, client, authenticator, signature):
        return False
    role = text_of(data, "role")
    if role is None:
        return False
    purpose = {
        "kind": "sign",
        "deployment": deployment,
        "role": role,
        "decision": SIGNATURES[event["type"]],
        "digest": data["digest"],
    }
    purposes = [purpose]
    if "for" in data:
        represented, delegation = text_of(data["for"], "id"), text_of(data["for"], "delegation")
        if represented is None or delegation is None:
            return False
        purpose["delegation"] = delegation
        purposes = [{**purpose, "for": represented}, purpose]
    challenges = [
        urlsafe_b64encode(
            sha256(
                canonical(
                    {
                        "format": "countersign.challenge.v1",
                        "person": event["actor"]["id"],
                        "nonce": nonce,
                        "purpose": one,
                    }
                ).encode()
            )
        )
        .decode()
        .rstrip("=")
        for one in purposes
    ]
    try:
        client_text = client.decode("utf-8")
        told = None if too_deep(client_text) else parse(client_text)
    except (ValueError, RecursionError):
        return False
    if text_of(told, "type") != "webauthn.get" or text_of(told, "challenge") not in challenges:
        return False
    if len(authenticator) < 37 or authenticator[32] & 5 != 5:
        return False
    return cose_holds(public, authenticator + sha256(client), signature)


def cbor_map(data):
    """A map from integers to integers or byte strings; None for anything else."""
    if not data or not 0xA0 <= data[0] <= 0xB7:
        return None
    found, at = {}, 1

    def item(at):
        kind, short = data[at] >> 5, data[at] & 31
        width = 0 if short < 24 else {24: 1, 25: 2}[short]
        start = at + 1 + width
        if start > len(data):
            raise ValueError("cut off")
        value = short if width == 0 else int.from_bytes(data[at + 1 : start], "big")
        if kind == 0:
            return value, start
        if kind == 1:
            return -1 - value, start
        if kind != 2 or start + value > len(data):
            raise ValueError("not in a passkey's key")
        return data[start : start + value], start + value

    try:
        for _ in range(data[0] - 0xA0):
            label, at = item(at)
            value, at = item(at)
            if not isinstance(label, int) or label in found:
                return None
            found[label] = value
    except (ValueError, KeyError, IndexError):
        return None
    return found if at == len(data) else None


def is_rsa(modulus, exponent):
    """A modulus of 2048 to 8192 bits and an exponent of at most 32, both odd and without zeros before them."""
    return (
        256 <= len(modulus) <= 1024
        and modulus[0] >= (128 if len(modulus) == 256 else 1)
        and modulus[-1] & 1 == 1
        and 1 <= len(exponent) <= 4
        and exponent[0] > 0
        and exponent[-1] & 1 == 1
        and exponent != b"\1"
    )


def cose_holds(public, data, signature):
    key = cbor_map(public)
    if key is None:
        return False

    def part(label, length=None):
        value = key.get(label)
        return value if isinstance(value, bytes) and (length is None or len(value) == length) else None

    kind = (key.get(1), key.get(3))
    if kind == (2, -7) and key.get(-1) == 1 and part(-2, 32) and part(-3, 32):
        return p256_holds(part(-2), part(-3), data, signature)
    if kind == (1, -8) and key.get(-1) == 6 and part(-2, 32):
        return ed25519_holds(part(-2), data, signature)
    if kind == (3, -257) and is_rsa(part(-1) or b"", part(-2) or b""):
        return rsa_holds(part(-1), part(-2), data, signature)
    return False


# --- 7. Files ---------------------------------------------------------------------------------


def check_files(container, manifest, events):
    listed = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    named = set()
    for n, event in events:
        content = event["data"].get("content") if event["type"] == "evidence.added" else None
        if not isinstance(content, dict):
            continue
        file = content if text_of(content, "kind") == "file" else content.get("report")
        if not isinstance(file, dict):
            continue
        identity, digest = text_of(file, "fileId"), text_of(file, "sha256")
        if identity is None or digest is None:
            raise Broken("file", n)
        path = "files/" + identity
        if path not in container.files or path not in listed:
            raise Broken("file", n)
        if sha256(container.content(container.files[path], 64 * MIB)).hex() != digest or listed[path] != digest:
            raise Broken("file", n)
        named.add(path)
    if len(named) != len(manifest["files"]) or len(named) != len(container.files):
        raise Broken("file")


# --- Signature schemes ------------------------------------------------------------------------

# Ed25519 (RFC 8032), in extended coordinates.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    p, q = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    r, s = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = q - p, s - r, s + r, q + p
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_from(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def to_bytes(point):
    x, y, z, _ = point
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = point_from((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def has_small_order(point):
    for _ in range(3):
        point = add(point, point)
    x, y, z, _ = point
    return x % P == 0 and (y - z) % P == 0


@lru_cache(maxsize=None)
def ed25519_holds(public, data, signature):
    if len(signature) != 64:
        return False
    point, scalar = point_from(public), int.from_bytes(signature[32:], "little")
    first = point_from(signature[:32])
    if point is None or first is None or scalar >= ORDER or has_small_order(point) or has_small_order(first):
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + data).digest(), "little") % ORDER
    x, y, z, t = point
    minus = (-x % P, y, z, -t % P)
    both = add(BASE, minus)
    result = (0, 1, 1, 0)
    for bit in range(252, -1, -1):
        result = add(result, result)
        choice = (scalar >> bit & 1, challenge >> bit & 1)
        if choice != (0, 0):
            result = add(result, {(1, 0): BASE, (0, 1): minus, (1, 1): both}[choice])
    return to_bytes(result) == signature[:32]


# ECDSA over P-256, in Jacobian coordinates; None is the point at infinity.
FIELD = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    1,
)


def p256_double(point):
    if point is None or point[1] == 0:
        return None
    x, y, z = point
    square = y * y % FIELD
    s = 4 * x * square % FIELD
    z2 = z * z % FIELD
    m = 3 * (x - z2) * (x + z2) % FIELD
    x3 = (m * m - 2 * s) % FIELD
    return x3, (m * (s - x3) - 8 * square * square) % FIELD, 2 * y * z % FIELD


def p256_add(a, b):
    if a is None or b is None:
        return b if a is None else a
    (x1, y1, z1), (x2, y2, z2) = a, b
    z12, z22 = z1 * z1 % FIELD, z2 * z2 % FIELD
    u1, u2 = x1 * z22 % FIELD, x2 * z12 % FIELD
    s1, s2 = y1 * z2 * z22 % FIELD, y2 * z1 * z12 % FIELD
    if u1 == u2:
        return p256_double(a) if s1 == s2 else None
    h, r = u2 - u1, s2 - s1
    h2 = h * h % FIELD
    h3, v = h * h2 % FIELD, u1 * h2 % FIELD
    x3 = (r * r - h3 - 2 * v) % FIELD
    return x3, (r * (v - x3) - s1 * h3) % FIELD, h * z1 * z2 % FIELD


def der_integers(data):
    """The two integers of a DER signature, in their one shortest form; None for anything else."""
    if len(data) < 8 or data[0] != 0x30 or data[1] != len(data) - 2 or data[1] > 127:
        return None
    found, at = [], 2
    for _ in range(2):
        if at + 2 > len(data) or data[at] != 2:
            return None
        length = data[at + 1]
        value = data[at + 2 : at + 2 + length]
        if length == 0 or len(value) != length or value[0] > 127:
            return None
        if length > 1 and value[0] == 0 and value[1] < 128:
            return None
        found.append(int.from_bytes(value, "big"))
        at += 2 + length
    return found if at == len(data) else None


@lru_cache(maxsize=None)
def p256_holds(x, y, data, signature):
    x, y = int.from_bytes(x, "big"), int.from_bytes(y, "big")
    numbers = der_integers(signature)
    if numbers is None or x >= FIELD or y >= FIELD or (y * y - x * x * x + 3 * x - B) % FIELD:
        return False
    r, s = numbers
    if not 0 < r < N or not 0 < s < N:
        return False
    inverse = pow(s, N - 2, N)
    u1, u2 = int.from_bytes(sha256(data), "big") * inverse % N, r * inverse % N
    both = p256_add(G, (x, y, 1))
    result = None
    for bit in range(255, -1, -1):
        result = p256_double(result)
        choice = (u1 >> bit & 1, u2 >> bit & 1)
        if choice != (0, 0):
            result = p256_add(result, {(1, 0): G, (0, 1): (x, y, 1), (1, 1): both}[choice])
    if result is None:
        return False
    return result[0] * pow(result[2] * result[2], FIELD - 2, FIELD) % FIELD % N == r


def rsa_holds(modulus, exponent, data, signature):
    n, length = int.from_bytes(modulus, "big"), len(modulus)
    value = int.from_bytes(signature, "big")
    if len(signature) != length or value >= n:
        return False
    prefix = bytes.fromhex("3031300d060960864801650304020105000420")
    expected = b"\0\1" + b"\xff" * (length - 54) + b"\0" + prefix + sha256(data)
    return pow(value, int.from_bytes(exponent, "big"), n).to_bytes(length, "big") == expected


# --- 8. The verdict ---------------------------------------------------------------------------


def verify(file, pinned_key=None, fingerprint=None):
    head = None
    try:
        container = Container(file)
        data = container.content(container.entries[0], 64 * MIB)
        note = text_from(container.content(container.entries[1], 4096))
        manifest = read_manifest(data)
        head = manifest["head"]["hash"]
        key = Key(manifest["key"])
        if pinned_key not in (None, key.text) or fingerprint not in (None, key.fingerprint()):
            raise Broken("key")
        removed = None
        if "stone" in manifest:
            shells = check_shells(manifest)
            removed = check_stone(manifest, shells, *check_log(manifest, key))
            events = []
        else:
            events = check_events(manifest)
            check_log(manifest, key)
        check_signatures(manifest, events)
        check_files(container, manifest, events)
        signed = "countersign/bundle/1\n%s\nsha256 %s\n" % (manifest["deployment"], sha256(data).hex())
        if key.open(note) != signed:
            raise Broken("signature")
        whole = {"verdict": "whole", "head": head, "code": None, "seq": None}
        return {**whole, "removed": removed, "fingerprint": key.fingerprint()}
    except Broken as flaw:
        return {"verdict": "broken", "head": head, "code": flaw.code, "seq": flaw.seq}
    except Unreadable as reason:
        return {"verdict": "unreadable", "head": None, "code": None, "seq": None, "why": str(reason)}


def main(arguments):
    options = {}
    while arguments and arguments[0] in ("--key", "--fingerprint"):
        options["pinned_key" if arguments[0] == "--key" else "fingerprint"] = arguments[1]
        arguments = arguments[2:]
    if arguments == ["--list"]:
        for line in sys.stdin.read().splitlines():
            path, _, fingerprint = line.partition("\t")
            with open(path, "rb") as file:
                print(json.dumps(verify(file, fingerprint=fingerprint or None)))
        return 0
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 64
    with open(arguments[0], "rb") as file:
        verdict = verify(file, **options)
    print(json.dumps(verdict))
    if verdict["verdict"] == "whole" and not options:
        print("nobody but the bundle itself vouches for its key", file=sys.stderr)
    return {"whole": 0, "broken": 1, "unreadable": 2}[verdict["verdict"]]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
