"""What walks over all addresses send about requests."""

from __future__ import annotations

from typing import Any, Final

#: What is sent to each address about requests and agencies.
REQUESTS: Final[dict[str, dict[str, Any]]] = {
    "requests.approve": {"answer": "Come to the back door"},
    "requests.decline": {"answer": "Not this week"},
    "requests.withdraw": {},
    "requests.hand_over": {"lines-0-item": "Rice", "lines-0-amount": "1"},
    "requests.make_link": {},
    "requests.end_link": {},
    "requests.state": {"people": "5", "per": "week"},
    "requests_api.approve_request": {},
    "requests_api.decline_request": {},
    "requests_api.hand_over_request": {},
}
