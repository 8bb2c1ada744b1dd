"""The one file that knows the HTTP library."""

import httpx

AsyncHTTPClient = httpx.AsyncClient
