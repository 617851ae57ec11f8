package dev.aerie.storage.clip;

import dev.aerie.video.VideoCodec;
import dev.aerie.video.mp4.DecoderConfiguration;
import dev.aerie.video.mp4.VideoTrack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads the parameters that a decoder needs before the first frame of an MP4 file ([DecoderConfiguration]).
final class TrackHead {

    private static final List<String> WAY = List.of("trak", "mdia", "minf", "stbl", "stsd");
    private static final int BOX_HEADER_BYTES = 8;
    private static final int LARGE_HEADER_BYTES = 16;
    private static final int SAMPLE_DESCRIPTION_HEAD_BYTES = 8;
    private static final int SAMPLE_ENTRY_HEAD_BYTES = 78;
    private static final int MAX_MOOV_BYTES = 64 << 20;

    private TrackHead() {}

    /// Reads it from a file, fragmented or not, complete or growing; throws [IOException] if there is none.
    static VideoTrack of(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = 0;
            while (at + BOX_HEADER_BYTES <= channel.size()) {
                var header = read(channel, at, LARGE_HEADER_BYTES);
                long size = sizeOf(header, channel.size() - at);
                if (type(header, BOX_HEADER_BYTES / 2).equals("moov") && size <= MAX_MOOV_BYTES) {
                    var moov = read(channel, at, (int) size).position(BOX_HEADER_BYTES);
                    return Arrays.stream(VideoCodec.values())
                            .flatMap(codec -> track(codec, moov).stream())
                            .findFirst()
                            .orElseThrow(() -> new IOException("no H.264 or H.265 in " + file.getFileName()));
                }
                at += Math.min(size, channel.size() - at);
            }
        }
        throw new IOException("no moov box in " + file.getFileName());
    }

    private static Optional<VideoTrack> track(VideoCodec codec, ByteBuffer moov) {
        var way = new ArrayList<>(WAY);
        way.add(codec.sampleEntry());
        way.add(DecoderConfiguration.boxOf(codec));
        return descend(moov, way).flatMap(content -> DecoderConfiguration.read(codec, content));
    }

    private static Optional<ByteBuffer> descend(ByteBuffer content, List<String> way) {
        if (way.isEmpty()) {
            return Optional.of(content.slice());
        }
        String next = way.getFirst();
        var in = content.duplicate();
        while (in.remaining() >= BOX_HEADER_BYTES) {
            int start = in.position();
            long size = sizeOf(in, in.remaining());
            int head = BOX_HEADER_BYTES + headOf(next);
            if (type(in, start + 4).equals(next) && size <= in.remaining() && size >= head) {
                return descend(in.slice(start + head, (int) size - head), way.subList(1, way.size()));
            }
            in.position(start + (int) Math.min(in.remaining(), size));
        }
        return Optional.empty();
    }

    private static int headOf(String type) {
        return switch (type) {
            case "stsd" -> SAMPLE_DESCRIPTION_HEAD_BYTES;
            case "avc1", "hvc1" -> SAMPLE_ENTRY_HEAD_BYTES;
            default -> 0;
        };
    }

    /// A size of 1 means that eight bytes follow, a size of 0 that the box is the last one.
    private static long sizeOf(ByteBuffer box, long rest) {
        long size = box.getInt(box.position()) & 0xffff_ffffL;
        if (size == 1 && box.remaining() >= LARGE_HEADER_BYTES) {
            size = box.getLong(box.position() + BOX_HEADER_BYTES);
        }
        return size < BOX_HEADER_BYTES ? rest : size;
    }

    private static String type(ByteBuffer box, int at) {
        byte[] letters = new byte[4];
        box.get(at, letters);
        return new String(letters, StandardCharsets.US_ASCII);
    }

    private static ByteBuffer read(FileChannel channel, long at, int size) throws IOException {
        var bytes = ByteBuffer.allocate((int) Math.min(size, channel.size() - at));
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            // reads on
        }
        return bytes.flip();
    }
}
