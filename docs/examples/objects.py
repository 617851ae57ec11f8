#!/usr/bin/env python3
"""Prints a line per processed frame: its identity and the objects in it, read from RabbitMQ.

    pip install pika                                      (Debian: apt-get install python3-pika)
    python3 docs/examples/objects.py --stream drone

The broker is --url, else RABBITMQ_URL, else that of the demo that runs in this folder.
"""

import argparse
import json
import os
import pathlib

import pika

EXCHANGE = "processed_frames_exchange"
DEMO = pathlib.Path(".aerie/broker.url")

# A full queue drops its oldest message: RabbitMQ's arguments, then those of the demo's broker (Qpid), which refuses others.
BOUNDS = [{"x-max-length": 1000, "x-overflow": "drop-head"}, {"qpid.policy_type": "ring", "qpid.max_count": 1000}]


def default_url():
    demo = DEMO.read_text().strip() if DEMO.exists() else "amqp://guest:guest@127.0.0.1:5672/"
    return os.environ.get("RABBITMQ_URL", demo)


def subscribe(url):
    """Binds a queue that belongs to this connection, and goes with it, to the exchange."""
    for bounds in BOUNDS:
        try:
            channel = pika.BlockingConnection(pika.URLParameters(url)).channel()
            channel.exchange_declare(EXCHANGE, "fanout", durable=True)
            queue = channel.queue_declare("", exclusive=True, arguments=bounds).method.queue
            channel.queue_bind(queue, EXCHANGE)
            return channel, queue
        except pika.exceptions.ConnectionClosedByBroker:
            if bounds == BOUNDS[-1]:
                raise


def describe(result):
    objects = [f"{o.get('label', 'object')} {o['id']} {o['state']} at {o['bbox']}" for o in result["objects"]]
    return f"{result['stream']}/{result['session']}/{result['frame_number']}: {', '.join(objects) or 'nothing'}"


arguments = argparse.ArgumentParser()
arguments.add_argument("--url", default=default_url())
arguments.add_argument("--stream", help="this stream only")
arguments.add_argument("--count", type=int, help="ends after so many frames")
options = arguments.parse_args()

channel, queue = subscribe(options.url)
printed = 0
for _, _, body in channel.consume(queue, auto_ack=True):
    result = json.loads(body)
    if options.stream in (None, result["stream"]):
        print(describe(result), flush=True)
        printed += 1
    if printed == options.count:
        break
