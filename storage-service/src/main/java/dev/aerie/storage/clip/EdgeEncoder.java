package dev.aerie.storage.clip;

import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import dev.aerie.rtsp.ffmpeg.H264Encoder;
import dev.aerie.rtsp.ffmpeg.VideoInput;
import dev.aerie.storage.catalog.FrameEntry;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.NalUnit;
import dev.aerie.video.VideoCodec;
import dev.aerie.video.VideoFrame;
import dev.aerie.video.mp4.VideoTrack;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Makes a clip begin with its first visible frame: the frames up to the next IDR frame are decoded and re-encoded
/// with their identities; all later frames stay unchanged. We encode H.264 alone, and a track has one codec: a clip of
/// another becomes H.264 as a whole.
final class EdgeEncoder {

    private static final String ANY_STREAM = "clip";
    private static final int FRAMES = 4;
    private static final int MIN_BITS_PER_SECOND = 500_000;
    private static final double MORE_BITS_THAN_BEFORE = 1.5;
    private static final int TICKS_PER_SECOND = 90_000;
    private static final int MAX_FRAMES = 1_800;
    private static final int SECONDS_PER_IDR = 2;

    private final InstantSource clock;
    private final RandomGenerator random;

    EdgeEncoder(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /// Returns the plan itself if its first sample is visible. Throws [ClipRefusedException] for more than
    /// [#MAX_FRAMES] of another codec than H.264: what is encoded is held in memory.
    ClipPlan encode(ClipPlan plan) throws IOException {
        if (plan.track().videoCodec() != VideoCodec.H264) {
            return encodedWhole(plan);
        }
        if (plan.shown().getFirst().frame().equals(plan.samples().getFirst().frame())) {
            return plan;
        }
        int end = firstIdrBehindTheEdge(plan);
        List<Sample> head = plan.samples().subList(0, end);
        Set<FrameEntry> inHead = head.stream().map(Sample::frame).collect(Collectors.toSet());
        List<Sample> shownHead = plan.shown().stream()
                .limit(head.size())
                .filter(sample -> inHead.contains(sample.frame()))
                .toList();
        var samples = new ArrayList<>(
                encoded(new ClipPlan(plan.track(), head, shownHead)).samples());
        for (Sample sample : plan.samples().subList(end, plan.samples().size())) {
            boolean lacksSets = sample.keyframe() && !sample.prefix().hasRemaining();
            samples.add(lacksSets ? sample.withPrefix(ClipPlanner.inBand(plan.track())) : sample);
        }
        return fromTheStart(plan, samples);
    }

    private ClipPlan encodedWhole(ClipPlan plan) throws IOException {
        if (plan.samples().size() > MAX_FRAMES) {
            throw new ClipRefusedException(plan.track().videoCodec().title()
                    + " is encoded as a whole for cut=encode, " + MAX_FRAMES + " frames at most; this clip has "
                    + plan.samples().size() + ": cut=frame and cut=idr copy it");
        }
        var encoded = encoded(plan);
        return fromTheStart(new ClipPlan(encoded.track(), encoded.samples(), plan.shown()), encoded.samples());
    }

    /// A plan with the new `samples`, which shows the same frames on a track that begins with the first of them.
    private static ClipPlan fromTheStart(ClipPlan plan, List<Sample> samples) {
        long before = samples.getFirst().decodeTicks();
        List<Sample> moved = samples.stream()
                .map(sample -> sample.at(sample.decodeTicks() - before))
                .toList();
        Set<FrameEntry> isShown = plan.shown().stream().map(Sample::frame).collect(Collectors.toSet());
        List<Sample> shown = moved.stream()
                .filter(sample -> isShown.contains(sample.frame()))
                .sorted(Comparator.comparingLong(Sample::presentationTicks))
                .toList();
        return new ClipPlan(plan.track(), moved, shown);
    }

    private static int firstIdrBehindTheEdge(ClipPlan plan) {
        boolean isBehind = false;
        for (int i = 0; i < plan.samples().size(); i++) {
            Sample sample = plan.samples().get(i);
            if (isBehind && sample.keyframe()) {
                return i;
            }
            isBehind |= sample.frame().equals(plan.shown().getFirst().frame());
        }
        return plan.samples().size();
    }

    /// Encoded samples and the track of the first.
    private record Encoded(VideoTrack track, List<Sample> samples) {}

    private Encoded encoded(ClipPlan edge) throws IOException {
        Path file = Files.createTempFile("aerie-edge", ".mp4");
        try {
            var clip = Mp4Clip.of(edge);
            try (var out = Files.newOutputStream(file)) {
                clip.writeTo(out, 0, clip.lengthBytes());
            }
            return encoded(edge, file);
        } finally {
            Files.delete(file);
        }
    }

    private Encoded encoded(ClipPlan edge, Path file) throws IOException {
        Map<Long, Sample> wanted = new HashMap<>();
        edge.shown().forEach(sample -> wanted.put(sample.frame().frameNumber(), sample));
        var samples = new ArrayList<Sample>();
        var track = edge.track();
        var input = VideoInput.file(ANY_STREAM, file);
        try (var frames = new FfmpegFrames(input, FRAMES, clock, random).open();
                var encoder = new H264Encoder(settings(edge))) {
            while (samples.size() < wanted.size()) {
                VideoFrame frame = frames.next();
                Sample old = wanted.get(frame.stamp().id().frameNumber());
                if (old != null) {
                    requireSize(frame.size(), edge.track().size());
                    var unit = encoder.encodeBgr(frame.bgr(), frame.strideBytes(), old.presentationTicks());
                    track = samples.isEmpty() ? trackOf(unit) : track;
                    samples.add(sample(old, unit.withStamp(frame.stamp())));
                }
            }
            return new Encoded(track, samples);
        } catch (EOFException e) {
            throw new IOException("the first frames of the clip cannot be decoded", e);
        }
    }

    private static void requireSize(FrameSize found, FrameSize wanted) {
        if (!found.equals(wanted)) {
            throw new ClipRefusedException("the frames that cut=encode would encode change their size from " + wanted
                    + " to " + found + ": cut=frame and cut=idr copy them");
        }
    }

    private static EncoderSettings settings(ClipPlan edge) {
        long bytes = edge.samples().stream().mapToLong(Sample::sizeBytes).sum();
        double seconds = Math.max(1.0, edge.durationTicks() / (double) TICKS_PER_SECOND);
        double rate = edge.samples().size() / seconds;
        int bits = (int) Math.max(MIN_BITS_PER_SECOND, bytes * 8 / seconds * MORE_BITS_THAN_BEFORE);
        int framesPerIdr = edge.track().videoCodec() == VideoCodec.H264
                ? edge.samples().size() + 1
                : (int) Math.max(1, Math.round(rate * SECONDS_PER_IDR));
        return new EncoderSettings(edge.track().size(), Math.max(1, rate), bits, framesPerIdr);
    }

    private static VideoTrack trackOf(AccessUnit idr) throws IOException {
        return VideoTrack.of(idr).orElseThrow(() -> new IOException("the encoder returned no parameter sets"));
    }

    private static Sample sample(Sample old, AccessUnit unit) throws IOException {
        ByteBuffer sets = Sample.NO_PREFIX;
        if (unit.isIdr()) {
            sets = ClipPlanner.inBand(trackOf(unit));
        }
        var bytes = ByteBuffer.allocate(
                unit.sizeBytes() + Integer.BYTES * unit.nalUnits().size());
        for (NalUnit nal : unit.nalUnits()) {
            if (!nal.kind().isParameterSet()) {
                bytes.putInt(nal.sizeBytes()).put(nal.bytes());
            }
        }
        var source = new Sample.Source.InMemory(bytes.flip().asReadOnlyBuffer());
        return new Sample(old.session(), old.frame(), sets, source, unit.isIdr(), old.presentationTicks(), 0);
    }
}
