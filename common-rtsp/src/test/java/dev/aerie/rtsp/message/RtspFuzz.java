package dev.aerie.rtsp.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The bytes of an RTSP connection, as a server and as a client read them: the same messages in one piece and in many.
final class RtspFuzz {

    private static final int MAX_HEAD_BYTES = 512;
    private static final int MAX_BODY_BYTES = 1024;

    private RtspFuzz() {}

    /// The first byte: who reads, and how long the pieces are.
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        boolean server = (data[0] & 1) == 0;
        var whole = read(parser(server), data, data.length);
        var pieces = read(parser(server), data, 1 + (data[0] >> 1 & 0x3f));
        boolean isBroken = !whole.isEmpty() && whole.getLast().startsWith("Malformed");
        if (!isBroken && !whole.equals(pieces)) {
            throw new AssertionError("whole: " + whole + ", in pieces: " + pieces);
        }
    }

    private static RtspParser parser(boolean server) {
        return server
                ? RtspParser.ofServer(MAX_HEAD_BYTES, MAX_BODY_BYTES)
                : RtspParser.ofClient(MAX_HEAD_BYTES, MAX_BODY_BYTES);
    }

    private static List<String> read(RtspParser parser, byte[] data, int pieceBytes) {
        var messages = new ArrayList<String>();
        var in = ByteBuffer.allocate(data.length).limit(0);
        for (int at = 1; at < data.length; at += pieceBytes) {
            int count = Math.min(pieceBytes, data.length - at);
            in.compact().put(data, at, count).flip();
            for (var next = parser.next(in); next.isPresent(); next = parser.next(in)) {
                messages.add(text(next.get()));
            }
        }
        return messages;
    }

    private static String text(RtspMessage message) {
        return switch (message) {
            case RtspMessage.Packet(int channel, ByteBuffer bytes) -> "Packet " + channel + " " + bytes.hashCode();
            case RtspMessage.Request request -> {
                byte[] _ = request.encode();
                yield request.toString();
            }
            case RtspMessage.Response response -> {
                byte[] _ = response.encode();
                yield response.toString();
            }
            case RtspMessage.Malformed malformed -> malformed.toString();
        };
    }
}
