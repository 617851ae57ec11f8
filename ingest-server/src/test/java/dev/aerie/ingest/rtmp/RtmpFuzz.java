package dev.aerie.ingest.rtmp;

import dev.aerie.video.MalformedVideoException;
import io.netty.buffer.Unpooled;

/// What a publisher by RTMP sends behind its handshake: chunks, commands, keys of streams, video.
final class RtmpFuzz {

    private static final int MAX_MESSAGE_BYTES = 1 << 16;

    private RtmpFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var chunks = new ChunkReader(MAX_MESSAGE_BYTES);
        var video = new FlvVideo("gate", MAX_MESSAGE_BYTES);
        var in = Unpooled.wrappedBuffer(data);
        try {
            for (var next = chunks.read(in); next.isPresent(); next = chunks.read(in)) {
                take(next.get(), chunks, video);
            }
        } catch (MalformedRtmpException | MalformedVideoException _) {
            // Ends the connection.
        }
    }

    private static void take(RtmpMessage message, ChunkReader chunks, FlvVideo video)
            throws MalformedRtmpException, MalformedVideoException {
        if (message.payload().remaining() > MAX_MESSAGE_BYTES) {
            throw new AssertionError("a message beyond its bound");
        }
        switch (message.type()) {
            case RtmpMessage.SET_CHUNK_SIZE -> {
                if (message.payload().remaining() >= Integer.BYTES) {
                    chunks.setChunkBytes(message.payload().getInt());
                }
            }
            case RtmpMessage.COMMAND_AMF0 ->
                StreamKey.parse(RtmpCommand.parse(message.payload()).text(1).orElse(""));
            case RtmpMessage.VIDEO -> video.units(message);
            default -> {}
        }
    }
}
