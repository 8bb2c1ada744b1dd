import os
import requests


class Skill:
    def __init__(self, api_doc_path: str, api_key: str = ""):
        self.key = api_key or os.getenv("CHOIR_API_KEY", "")

    def invoke(self, api_name, params, timeout=30):
        headers = {"Content-Type": "application/json", "X-API-KEY": self.key}
        done = requests.request("POST", self.url(api_name), json={"data": params} if params else {}, headers=headers)
        return done.json()
