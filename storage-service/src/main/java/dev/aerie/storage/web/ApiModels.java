package dev.aerie.storage.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.aerie.storage.catalog.Recording;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.clip.Clip;
import dev.aerie.storage.messages.LabelIndex;
import dev.aerie.storage.messages.LabelStats;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The JSON of the responses.
final class ApiModels {

    private static final double NANOS_PER_SECOND = 1e9;

    private ApiModels() {}

    /// - `labels`: labels detected in it, as far as messages are filed
    /// - `protectedSegments`: number of its protected segments
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record RecordingView(
            String id,
            String stream,
            String session,
            String clock,
            String start,
            String end,
            double durationS,
            boolean ended,
            long segments,
            long protectedSegments,
            long frames,
            long bytes,
            List<LabelView> labels) {

        static RecordingView of(Recording recording, List<LabelIndex.LabelCount> seen) {
            return new RecordingView(
                    recording.session(),
                    recording.stream(),
                    recording.session(),
                    recording.clock().wireName(),
                    TimeParameter.text(recording.startNanos()),
                    TimeParameter.text(recording.endNanos()),
                    Math.max(0, recording.endNanos() - recording.startNanos()) / NANOS_PER_SECOND,
                    recording.ended(),
                    recording.segments(),
                    recording.protectedSegments(),
                    recording.frames(),
                    recording.bytes(),
                    seen.stream().map(LabelView::of).toList());
        }
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record LabelView(String label, long frames, double bestScore) {

        static LabelView of(LabelIndex.LabelCount labelCount) {
            return new LabelView(labelCount.label(), labelCount.frames(), labelCount.bestScore());
        }
    }

    /// - `path`: relative to the archive's folder
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record SegmentView(
            String id,
            String stream,
            String session,
            String recording,
            String path,
            String state,
            long firstFrame,
            long lastFrame,
            long frames,
            String start,
            String end,
            double durationS,
            long bytes,
            String codec,
            int width,
            int height,
            boolean isProtected,
            String sha256,
            List<LabelView> labels) {

        static SegmentView of(Segment segment, List<LabelIndex.LabelCount> seen) {
            return new SegmentView(
                    segment.id(),
                    segment.stream(),
                    segment.session(),
                    segment.session(),
                    segment.path(),
                    segment.state().name().toLowerCase(Locale.ROOT),
                    segment.firstFrame(),
                    segment.lastFrame(),
                    segment.frames(),
                    TimeParameter.text(segment.startNanos()),
                    TimeParameter.text(segment.endNanos()),
                    segment.durationNanos() / NANOS_PER_SECOND,
                    segment.bytes(),
                    segment.codec(),
                    segment.size().widthPixels(),
                    segment.size().heightPixels(),
                    segment.isProtected(),
                    segment.sha256(),
                    seen.stream().map(LabelView::of).toList());
        }
    }

    /// A recording and its segments.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record RecordingDetail(RecordingView recording, List<SegmentView> segments) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Recordings(List<RecordingView> recordings) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Segments(List<SegmentView> segments) {}

    /// The frames of a video in presentation order; `captureTimeNs` is text, because JavaScript rounds numbers of
    /// that size.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Frames(String stream, List<FrameView> frames) {

        static Frames of(Clip clip) {
            return new Frames(
                    clip.stream(), clip.frames().stream().map(FrameView::of).toList());
        }
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record FrameView(String session, long frameNumber, String captureTimeNs, double seconds) {

        static FrameView of(Clip.Frame frame) {
            return new FrameView(
                    frame.id().session(),
                    frame.id().frameNumber(),
                    Long.toString(frame.captureTimeNanos()),
                    frame.seconds());
        }
    }

    /// Recorded time and detected labels in each minute of a stream, without minutes in which nothing was recorded.
    record Timeline(String stream, List<MinuteView> minutes) {}

    /// - `recordedS`: recorded seconds of the minute
    /// - `labels`: number of frames with each label
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record MinuteView(String start, double recordedS, boolean isProtected, Map<String, Long> labels) {}

    record Streams(List<String> streams) {}

    /// The number of changed segments.
    record Changed(int segments) {}

    static Map<String, Long> labels(List<LabelStats.Row> rows) {
        var labels = new TreeMap<String, Long>();
        rows.forEach(row -> labels.merge(row.label(), (long) row.frames(), Long::sum));
        return labels;
    }
}
