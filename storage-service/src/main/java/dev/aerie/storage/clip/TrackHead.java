package dev.aerie.storage.clip;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.mp4.AvcTrack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads the parameters that a decoder needs before the first frame of an MP4 file: the `avcC` box
/// (AVCDecoderConfigurationRecord, ISO/IEC 14496-15, 5.3.3.1).
final class TrackHead {

    private static final List<String> WAY = List.of("trak", "mdia", "minf", "stbl", "stsd", "avc1", "avcC");
    private static final int BOX_HEADER_BYTES = 8;
    private static final int LARGE_HEADER_BYTES = 16;
    private static final int SAMPLE_DESCRIPTION_HEAD_BYTES = 8;
    private static final int SAMPLE_ENTRY_HEAD_BYTES = 78;
    private static final int MAX_MOOV_BYTES = 64 << 20;
    private static final int SETS_AT = 5;
    private static final int SPS_COUNT_MASK = 0x1f;

    private TrackHead() {}

    /// Reads it from a file, fragmented or not, complete or growing; throws [IOException] if there is none.
    static AvcTrack of(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = 0;
            while (at + BOX_HEADER_BYTES <= channel.size()) {
                var header = read(channel, at, LARGE_HEADER_BYTES);
                long size = sizeOf(header, channel.size() - at);
                if (type(header, BOX_HEADER_BYTES / 2).equals("moov") && size <= MAX_MOOV_BYTES) {
                    var record = descend(read(channel, at, (int) size).position(BOX_HEADER_BYTES), 0);
                    return record.flatMap(TrackHead::track)
                            .orElseThrow(() -> new IOException("no H.264 in " + file.getFileName()));
                }
                at += size;
            }
        }
        throw new IOException("no moov box in " + file.getFileName());
    }

    private static Optional<AvcTrack> track(ByteBuffer record) {
        var in = record.duplicate().position(SETS_AT);
        var annexB = ByteBuffer.allocate(record.remaining() + Integer.BYTES * (SPS_COUNT_MASK + 0xff));
        copySets(in, in.get() & SPS_COUNT_MASK, annexB);
        copySets(in, in.get() & 0xff, annexB);
        byte[] sets = Arrays.copyOf(annexB.array(), annexB.position());
        return AvcTrack.of(new AccessUnit(sets, true, 0, Optional.empty()));
    }

    private static void copySets(ByteBuffer in, int count, ByteBuffer annexB) {
        for (int i = 0; i < count; i++) {
            int length = in.getShort() & 0xffff;
            annexB.putInt(1).put(in.slice(in.position(), length));
            in.position(in.position() + length);
        }
    }

    private static Optional<ByteBuffer> descend(ByteBuffer content, int step) {
        if (step == WAY.size()) {
            return Optional.of(content.slice());
        }
        var in = content.duplicate();
        while (in.remaining() >= BOX_HEADER_BYTES) {
            int start = in.position();
            long size = sizeOf(in, in.remaining());
            if (type(in, start + 4).equals(WAY.get(step)) && size <= in.remaining()) {
                int head = BOX_HEADER_BYTES + headOf(WAY.get(step));
                return descend(in.slice(start + head, (int) size - head), step + 1);
            }
            in.position((int) Math.min(in.limit(), start + size));
        }
        return Optional.empty();
    }

    private static int headOf(String type) {
        return switch (type) {
            case "stsd" -> SAMPLE_DESCRIPTION_HEAD_BYTES;
            case "avc1" -> SAMPLE_ENTRY_HEAD_BYTES;
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
