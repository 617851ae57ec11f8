"""GStreamer's RTSP server as a relay, to compare with: PORT STREAM LOCATION

Serves what it pulls from LOCATION as rtsp://127.0.0.1:PORT/STREAM. One pipeline, shared by all readers; nothing is
decoded, nothing is buffered on purpose.
"""
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

PIPELINE = (
    "( rtspsrc location={location} protocols=tcp latency=0 ! rtph264depay ! h264parse "
    "! rtph264pay name=pay0 pt=96 config-interval=-1 )"
)


def main(port, stream, location):
    Gst.init(None)
    server = GstRtspServer.RTSPServer.new()
    server.set_address("127.0.0.1")
    server.set_service(port)
    factory = GstRtspServer.RTSPMediaFactory.new()
    factory.set_launch(PIPELINE.format(location=location))
    factory.set_shared(True)
    factory.set_latency(0)
    server.get_mount_points().add_factory("/" + stream, factory)
    server.attach(None)
    GLib.MainLoop().run()


main(*sys.argv[1:])
