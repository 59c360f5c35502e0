"""Python's websockets as a client of a server of elios: URL and token from the environment."""

import asyncio
import json
import os

import websockets
from websockets.exceptions import ConnectionClosed

URL = os.environ["ELIOS_URL"].replace("http", "ws", 1) + "/v1/ws"
TOKEN = os.environ["ELIOS_TOKEN"]
checks = 0


def check(ok, what):
    global checks
    if not ok:
        raise SystemExit(f"failed: {what}")
    checks += 1


def connect(**more):
    more.setdefault("subprotocols", ["elios.v1"])
    return websockets.connect(URL, max_size=1 << 20, compression=None, **more)


async def say(ws, kind, ident=None, **data):
    await ws.send(json.dumps({"type": kind, "id": ident, "data": data}))


async def until(ws, seen, fits):
    while True:
        m = json.loads(await asyncio.wait_for(ws.recv(), 20))
        if m.get("seq"):
            check(m["seq"] == len(seen) + 1, f"event {m['seq']} after {len(seen)}")
            seen.append(m["type"])
        if fits(m):
            return m


async def closes(code, act):
    async with connect() as ws:
        await act(ws)
        try:
            while True:
                await asyncio.wait_for(ws.recv(), 20)
        except ConnectionClosed as e:
            got = e.rcvd.code if e.rcvd else e.code
            check(got == code, f"closed with {got}, want {code}")


async def interview():
    seen = []
    async with connect() as ws:
        check(ws.subprotocol == "elios.v1", ws.subprotocol)
        await say(ws, "hello", token=TOKEN)
        await until(ws, seen, lambda m: m["type"] == "welcome")
        await say(ws, "create", "c", bank="go", count=1, seed=9)
        ident = (await until(ws, seen, lambda m: m.get("re") == "c"))["data"]["interview"]
        await say(ws, "start", "s")
        question = await until(ws, seen, lambda m: m["type"] == "question")
        answer = {"turn": question["data"]["turn"], "text": "Ein Kanal, 日本語 and a goroutine that waits."}
        await say(ws, "answer", "a", **answer)
        first = await until(ws, seen, lambda m: m.get("re") == "a")
        ws.transport.abort()  # the cable is cut

    async with connect() as ws:
        await say(ws, "hello", token=TOKEN, interview=ident, after=len(seen))
        await say(ws, "answer", "a", **answer)
        again = await until(ws, seen, lambda m: m.get("re") == "a")
        check(again["data"]["dup"] and again["data"]["seq"] == first["data"]["seq"], again)
        while "evaluation" not in seen:
            await until(ws, seen, lambda m: m.get("seq"))
        await say(ws, "end", "e")
        await until(ws, seen, lambda m: m["type"] == "completed")
    check(seen.count("evaluation") == 1, seen)
    return ident


async def main():
    await interview()
    await closes(4401, lambda ws: say(ws, "hello", token="elios_wrong"))
    await closes(4400, lambda ws: say(ws, "ping", "p"))
    await closes(1003, lambda ws: ws.send(b"{}"))
    await closes(1009, lambda ws: ws.send("x" * (256 * 1024 + 1)))
    try:
        async with connect(subprotocols=["other.v1"]):
            check(False, "an unknown subprotocol was taken")
    except websockets.exceptions.InvalidHandshake as e:
        status = getattr(e, "status_code", None) or e.response.status_code
        check(status == 400, status)
    print(f"ok: {checks} checks")


asyncio.run(main())
