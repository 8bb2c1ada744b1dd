import requests

DRAW_URL = "https://draw.example/make/draw-boxes"


def draw(idea, corner_count=None):
    reply = requests.post(DRAW_URL, json={"idea": idea, "corner_count": corner_count})
    if reply.json()["code"] != 0:
        raise RuntimeError(reply.json().get("msg"))
    return reply.json()["data"]
