package dev.aerie.ingest.rtmp;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.AccessUnitAssembler;
import dev.aerie.video.AccessUnitBoundary;
import dev.aerie.video.MalformedVideoException;
import dev.aerie.video.VideoCodec;
import dev.aerie.video.mp4.DecoderConfiguration;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The access units in the video messages of one publication: H.264 as FLV has it (Adobe FLV 10.1, E.4.3), H.264 and
/// H.265 by FourCC (Enhanced RTMP, 2023). Not thread-safe; not to be used after an exception.
final class FlvVideo {

    private static final int TICKS_PER_MILLI = 90;
    private static final int START_CODE = 1;
    private static final int START_CODE_BYTES = 4;

    private final String stream;
    private final int maxUnitBytes;
    private @Nullable AccessUnitAssembler assembler;
    private @Nullable VideoCodec codec;
    private int nalLengthBytes;
    private long decodingMillis;
    private boolean timed;

    /// - `maxUnitBytes`: a larger access unit is refused
    FlvVideo(String stream, int maxUnitBytes) {
        this.stream = stream;
        this.maxUnitBytes = maxUnitBytes;
    }

    /// The access units that a message completes, with presentation times at 90 kHz: one, or none where it has
    /// parameter sets or nothing to show.
    ///
    /// - throws [MalformedRtmpException] for a message that breaks FLV's rules or is of a codec that is not taken
    /// - throws [MalformedVideoException] for what an [AccessUnitAssembler] refuses
    List<AccessUnit> units(RtmpMessage message) throws MalformedRtmpException, MalformedVideoException {
        var tag = FlvTag.parse(message.payload());
        return switch (tag) {
            case FlvTag.Configuration(VideoCodec of, ByteBuffer content) -> {
                configure(of, content);
                yield List.of();
            }
            case FlvTag.Frame(VideoCodec of, int laterMillis, ByteBuffer nalUnits) ->
                frame(of, millis(message.timestampMillis()) + laterMillis, nalUnits);
            case FlvTag.Other _ -> List.of();
        };
    }

    /// The parameter sets are kept by the assembler, which puts them in front of IDR frames.
    private void configure(VideoCodec of, ByteBuffer content) throws MalformedRtmpException, MalformedVideoException {
        var track = DecoderConfiguration.read(of, content)
                .orElseThrow(() -> new MalformedRtmpException("parameter sets that cannot be read"));
        nalLengthBytes = DecoderConfiguration.nalLengthBytes(of, content);
        if (assembler == null || codec != of) {
            codec = of;
            assembler = new AccessUnitAssembler(stream, maxUnitBytes, AccessUnitBoundary.CHUNK_END, Optional.of(of));
        }
        int bytes = 0;
        for (ByteBuffer set : track.parameterSets()) {
            bytes += START_CODE_BYTES + set.remaining();
        }
        var annexB = ByteBuffer.allocate(bytes);
        track.parameterSets().forEach(set -> annexB.putInt(START_CODE).put(set.duplicate()));
        assembler.push(annexB.flip(), 0);
    }

    private List<AccessUnit> frame(VideoCodec of, long presentedMillis, ByteBuffer nalUnits)
            throws MalformedRtmpException, MalformedVideoException {
        var current = assembler;
        if (current == null || codec != of) {
            throw new MalformedRtmpException("a frame in front of its parameter sets");
        }
        return current.push(annexB(nalUnits, nalLengthBytes), presentedMillis * TICKS_PER_MILLI);
    }

    /// Start codes in the place of lengths.
    private static ByteBuffer annexB(ByteBuffer nalUnits, int lengthBytes) throws MalformedRtmpException {
        int most = nalUnits.remaining() / lengthBytes;
        var out = ByteBuffer.allocate(nalUnits.remaining() + most * (START_CODE_BYTES - lengthBytes));
        while (nalUnits.hasRemaining()) {
            int length = nalUnits.remaining() < lengthBytes ? -1 : length(nalUnits, lengthBytes);
            if (length < 0 || length > nalUnits.remaining()) {
                throw new MalformedRtmpException("a NAL unit longer than its message");
            }
            out.putInt(START_CODE).put(nalUnits.slice(nalUnits.position(), length));
            nalUnits.position(nalUnits.position() + length);
        }
        return out.flip();
    }

    private static int length(ByteBuffer in, int lengthBytes) {
        int length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length = length << 8 | (in.get() & 0xff);
        }
        return length;
    }

    /// The time as 64 bits that do not wrap.
    private long millis(int timestampMillis) {
        decodingMillis =
                timed ? decodingMillis + (timestampMillis - (int) decodingMillis) : timestampMillis & 0xffff_ffffL;
        timed = true;
        return decodingMillis;
    }
}
