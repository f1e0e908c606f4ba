"""The Content-Security-Policy of every answer."""

from __future__ import annotations

#: 'self' alone: no inline script or style, no other host, no frame around us.
_EVERYWHERE = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
#: WebAssembly counts as evaluation; this allows it and no eval().
_WITH_WASM = f"{_EVERYWHERE}; script-src 'self' 'wasm-unsafe-eval'"


def policy(*, wasm: bool = False) -> str:
    """Return the policy; `wasm` only where the decoder of codes is loaded."""
    return _WITH_WASM if wasm else _EVERYWHERE
