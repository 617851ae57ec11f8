package dev.aerie.video;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.TimeBounds;
import dev.aerie.messages.Ulid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A frame's identity inside the video: the SEI `user_data_unregistered` that the ingest writes and every consumer
/// reads, the same in H.264 and H.265 (a prefix SEI there). All numbers are big endian; the stream's name is not
/// included, because its readers know it.
///
/// ```
/// 0 uuid (16) · 16 version (1) · 17 clock (1) · 18 session (16) · 34 frame number (8) · 42 capture time (8)
/// ```
///
/// The highest bit of the clock marks a session `local-…`: foreign video, numbered by its receiver.
public final class FrameStampSei {

    private static final long UUID_MOST = 0xa3e1d0f45b7c4d2eL;
    private static final long UUID_LEAST = 0x9c6f1e8b72d4a961L;
    private static final byte VERSION = 1;
    private static final int PAYLOAD_BYTES = 50;
    private static final byte LOCAL = (byte) 0x80;
    private static final String LOCAL_PREFIX = "local-";

    private FrameStampSei() {}

    /// Reads a payload, uuid included, as decoders hand it out; empty if it is not ours, of a newer version, or has
    /// an invalid frame number. An invalid time is read as 0, unknown.
    public static Optional<FrameStamp> read(String stream, ByteBuffer payload) {
        var in = payload.duplicate();
        if (in.remaining() < PAYLOAD_BYTES || in.getLong() != UUID_MOST || in.getLong() != UUID_LEAST) {
            return Optional.empty();
        }
        byte version = in.get();
        byte code = in.get();
        var clock = clock((byte) (code & ~LOCAL));
        var session = new Ulid(in.getLong(), in.getLong());
        long frameNumber = in.getLong();
        long captureTimeNanos = in.getLong();
        if (version != VERSION || !FrameId.isFrameNumber(frameNumber)) {
            return Optional.empty();
        }
        String prefix = (code & LOCAL) == 0 ? "" : LOCAL_PREFIX;
        var id = new FrameId(stream, prefix + session, frameNumber);
        long timeNanos = TimeBounds.isTime(captureTimeNanos) ? captureTimeNanos : 0;
        return clock.map(known -> new FrameStamp(id, timeNanos, known));
    }

    /// Finds our message among all the SEI of an access unit.
    public static Optional<FrameStamp> find(String stream, List<NalUnit> units) {
        for (NalUnit unit : units) {
            if (unit.kind() == NalKind.SEI) {
                for (SeiMessage message : SeiMessage.parse(unit)) {
                    var stamp = isOurs(message)
                            ? read(stream, ByteBuffer.wrap(message.payload()))
                            : Optional.<FrameStamp>empty();
                    if (stamp.isPresent()) {
                        return stamp;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// The SEI NAL unit that carries `stamp`; throws [IllegalArgumentException] if its session is not a ULID.
    public static NalUnit write(VideoCodec codec, FrameStamp stamp) {
        return write(codec, codec.syntax().seiHeader(0), stamp);
    }

    private static NalUnit write(VideoCodec codec, int header, FrameStamp stamp) {
        var message = new SeiMessage(SeiMessage.USER_DATA_UNREGISTERED, payload(stamp));
        return SeiMessage.write(codec, header, List.of(message));
    }

    /// The units with `stamp` in front of the first slice, and without older messages of ours.
    static List<NalUnit> insert(VideoCodec codec, List<NalUnit> units, FrameStamp stamp) {
        var stamped = new ArrayList<NalUnit>(units.size() + 1);
        int firstSlice = -1;
        int header = 0;
        for (NalUnit unit : units) {
            if (firstSlice < 0 && unit.isSlice()) {
                firstSlice = stamped.size();
                header = unit.header();
            }
            if (unit.kind() == NalKind.SEI) {
                withoutOurs(unit).ifPresent(stamped::add);
            } else {
                stamped.add(unit);
            }
        }
        var sei = write(codec, codec.syntax().seiHeader(header), stamp);
        stamped.add(firstSlice < 0 ? stamped.size() : firstSlice, sei);
        return stamped;
    }

    private static Optional<NalUnit> withoutOurs(NalUnit sei) {
        var all = SeiMessage.parse(sei);
        var others = new ArrayList<>(all);
        others.removeIf(FrameStampSei::isOurs);
        if (others.size() == all.size()) {
            return Optional.of(sei);
        }
        return others.isEmpty() ? Optional.empty() : Optional.of(SeiMessage.write(sei.codec(), sei.header(), others));
    }

    private static boolean isOurs(SeiMessage message) {
        if (message.type() != SeiMessage.USER_DATA_UNREGISTERED || message.payload().length < 16) {
            return false;
        }
        var uuid = ByteBuffer.wrap(message.payload());
        return uuid.getLong() == UUID_MOST && uuid.getLong() == UUID_LEAST;
    }

    private static byte[] payload(FrameStamp stamp) {
        String name = stamp.id().session();
        boolean isLocal = name.startsWith(LOCAL_PREFIX);
        var session = Ulid.parse(isLocal ? name.substring(LOCAL_PREFIX.length()) : name);
        return ByteBuffer.allocate(PAYLOAD_BYTES)
                .putLong(UUID_MOST)
                .putLong(UUID_LEAST)
                .put(VERSION)
                .put((byte) (code(stamp.clock()) | (isLocal ? LOCAL : 0)))
                .putLong(session.mostSignificantBits())
                .putLong(session.minSignificantBits())
                .putLong(stamp.id().frameNumber())
                .putLong(stamp.captureTimeNanos())
                .array();
    }

    private static byte code(CaptureClock clock) {
        return switch (clock) {
            case SENDER -> 1;
            case RTCP_SR -> 2;
            case ARRIVAL -> 3;
            case REPLAY -> 4;
        };
    }

    private static Optional<CaptureClock> clock(byte code) {
        return switch (code) {
            case 1 -> Optional.of(CaptureClock.SENDER);
            case 2 -> Optional.of(CaptureClock.RTCP_SR);
            case 3 -> Optional.of(CaptureClock.ARRIVAL);
            case 4 -> Optional.of(CaptureClock.REPLAY);
            default -> Optional.empty();
        };
    }
}
