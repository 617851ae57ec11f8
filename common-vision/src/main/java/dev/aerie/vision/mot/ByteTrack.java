package dev.aerie.vision.mot;

import dev.aerie.messages.TrackState;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.motion.CameraMotion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Multi-object tracking by box association: matches strong detections to tracks first, then weak ones to the tracks
/// that are left over. Deterministic; used by one thread.
///
/// A track that is not detected and whose predicted box has left the frame ends at once.
///
/// Source: ByteTrack (Zhang et al. 2022), algorithm 1, with camera motion as BoT-SORT (Aharon et al. 2022) adds it.
public final class ByteTrack {

    private final ByteTrackConfig config;
    private final Optional<TrackLog> log;
    private final List<TrackedBox> tracks = new ArrayList<>();
    private long lastId;
    private boolean isFirstFrame = true;

    /// A tracker that logs nothing.
    public ByteTrack(ByteTrackConfig config) {
        this(config, Optional.empty());
    }

    /// A tracker that logs the state changes of its tracks.
    public ByteTrack(ByteTrackConfig config, Optional<TrackLog> log) {
        this.config = config;
        this.log = log;
    }

    /// Matches the detections of one more frame; the tracks, by identity.
    ///
    /// - `detections`: of this frame, in its pixels
    /// - `cameraMotion`: since the previous call; [CameraMotion#NONE] where it is unknown
    /// - `elapsedFrames`: frames of the stream since the previous call, at least 1: some may have been skipped
    /// - `frame`: its size, where it is known: a track whose box has left the frame ends
    public List<BoxTrack> update(
            List<Detection> detections, CameraMotion cameraMotion, long elapsedFrames, Optional<FrameSize> frame) {
        if (elapsedFrames < 1) {
            throw new IllegalArgumentException("elapsedFrames must be >= 1, was " + elapsedFrames);
        }
        tracks.forEach(track -> track.predict(cameraMotion, elapsedFrames));
        var strong = between(detections, config.highScore(), Double.POSITIVE_INFINITY);
        var weak = between(detections, config.lowScore(), config.highScore());

        var confirmed = tracks.stream().filter(TrackedBox::isConfirmed).toList();
        var unmatched = match(confirmed, strong, config.maxStrongCost(), true);
        var recent = unmatched.stream()
                .filter(track -> track.missedFrames() == elapsedFrames)
                .toList();
        match(recent, weak, config.maxWeakCost(), false);
        var tentative = tracks.stream().filter(track -> !track.isConfirmed()).toList();
        tracks.removeAll(match(tentative, strong, config.maxTentativeCost(), true));
        startTracks(strong);
        isFirstFrame = false;

        endIf(track -> track.missedFrames() > config.bufferFrames(), "not_detected");
        frame.ifPresent(size -> endIf(track -> track.hasLeft(size), "left_frame"));
        removeDuplicates();
        return report();
    }

    /// Ends every track; identities continue from where they were.
    public void forget() {
        tracks.clear();
        isFirstFrame = true;
    }

    /// As messages name it: `bytetrack`.
    public String name() {
        return "bytetrack";
    }

    private static Set<Detection> between(List<Detection> detections, double min, double below) {
        var chosen = new LinkedHashSet<Detection>();
        for (Detection detection : detections) {
            if (detection.score() >= min && detection.score() < below) {
                chosen.add(detection);
            }
        }
        return chosen;
    }

    /// Pairs `candidates` with `detections`, takes the paired ones out of `detections`, returns the unpaired
    /// candidates.
    private List<TrackedBox> match(
            List<TrackedBox> candidates, Set<Detection> detections, double costLimit, boolean byScore) {
        var ordered = List.copyOf(detections);
        var cost = new double[candidates.size()][ordered.size()];
        for (int row = 0; row < cost.length; row++) {
            for (int column = 0; column < ordered.size(); column++) {
                cost[row][column] = 1 - similarity(candidates.get(row), ordered.get(column), byScore);
            }
        }
        int[] columnOfRow = Assignment.minCost(cost, costLimit);
        var unmatched = new ArrayList<TrackedBox>();
        for (int row = 0; row < cost.length; row++) {
            if (columnOfRow[row] < 0) {
                unmatched.add(candidates.get(row));
            } else {
                Detection detection = ordered.get(columnOfRow[row]);
                candidates.get(row).update(detection);
                detections.remove(detection);
            }
        }
        return unmatched;
    }

    private double similarity(TrackedBox track, Detection detection, boolean byScore) {
        double overlap = track.box().overlapWith(detection.box());
        if (overlap == 0) {
            return 0;
        }
        double weight = track.label().equals(detection.label()) ? 1 : config.otherLabelWeight();
        return overlap * weight * (byScore ? detection.score() : 1);
    }

    private void startTracks(Set<Detection> strong) {
        for (Detection detection : strong) {
            if (detection.score() >= config.newScore()) {
                tracks.add(new TrackedBox(++lastId, detection, isFirstFrame ? 1 : config.confirmHits()));
            }
        }
    }

    /// Of a detected and a missed track with the same box, the one that was tracked for longer stays.
    private void removeDuplicates() {
        var visibleTracks =
                tracks.stream().filter(track -> track.missedFrames() == 0).toList();
        var missedTracks =
                tracks.stream().filter(track -> track.missedFrames() > 0).toList();
        for (TrackedBox visible : visibleTracks) {
            for (TrackedBox missing : missedTracks) {
                if (visible.box().overlapWith(missing.box()) > config.duplicateOverlap()) {
                    long visibleFrames = visible.ageFrames();
                    long missingFrames = missing.ageFrames() - missing.missedFrames();
                    TrackedBox younger = visibleFrames > missingFrames ? missing : visible;
                    endIf(track -> track == younger, "duplicate");
                }
            }
        }
    }

    private void endIf(Predicate<TrackedBox> isOver, String cause) {
        tracks.removeIf(track -> {
            boolean ends = isOver.test(track);
            if (ends && track.isConfirmed()) {
                log.ifPresent(one -> one.ended(track.id(), cause));
            }
            return ends;
        });
    }

    private List<BoxTrack> report() {
        return tracks.stream()
                .filter(track -> !track.isLossReported())
                .map(this::report)
                .toList();
    }

    private BoxTrack report(TrackedBox track) {
        TrackState before = track.reportedState();
        BoxTrack now = track.report(config.coastFrames());
        log.ifPresent(one -> one.changed(now.id(), now.label(), before, now.state(), "not_detected"));
        return now;
    }
}
