"""https on a local network: a small certificate authority of the depot's own, kept on its machine.

`names` and `terms` are pure (what a certificate should say, and whether it still says it), `making`
signs, `files` keeps, `network` asks the machine, `keeping` puts them together.
"""
