package dev.aerie.vision.mot;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.motion.CameraMotion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Follows objects by where their boxes lie: strong detections first, then weak ones for objects that are left over.
///
/// What is not seen and whose foretold box has left the frame is forgotten at once.
///
/// Source: ByteTrack (Zhang et al. 2022), algorithm 1, with camera motion as BoT-SORT (Aharon et al. 2022) adds it.
public final class ByteTrack {

    private static final double FIRST_COST_LIMIT = 0.8;
    private static final double SECOND_COST_LIMIT = 0.5;
    private static final double TENTATIVE_COST_LIMIT = 0.7;
    /// Overlap from which a box that came back and one that was seen all along are the same object.
    private static final double SAME_OBJECT_OVERLAP = 0.85;
    /// A detector that calls a van a car, then a truck, must not break its identity, but likes are preferred.
    private static final double OTHER_LABEL_WEIGHT = 0.7;

    private final ByteTrackConfig config;
    private final List<TrackedBox> tracks = new ArrayList<>();
    private long lastId;
    private boolean isFirstFrame = true;

    public ByteTrack(ByteTrackConfig config) {
        this.config = config;
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
        var unmatched = match(confirmed, strong, FIRST_COST_LIMIT, true);
        var recent = unmatched.stream()
                .filter(track -> track.missedFrames() == elapsedFrames)
                .toList();
        match(recent, weak, SECOND_COST_LIMIT, false);
        var tentative = tracks.stream().filter(track -> !track.isConfirmed()).toList();
        tracks.removeAll(match(tentative, strong, TENTATIVE_COST_LIMIT, true));
        startTracks(strong);
        isFirstFrame = false;

        tracks.removeIf(track -> track.missedFrames() > config.bufferFrames());
        frame.ifPresent(size -> tracks.removeIf(track -> track.hasLeft(size)));
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
    private static List<TrackedBox> match(
            List<TrackedBox> candidates, Set<Detection> detections, double costLimit, boolean byScore) {
        var visibleTracks = List.copyOf(detections);
        var cost = new double[candidates.size()][visibleTracks.size()];
        for (int row = 0; row < cost.length; row++) {
            for (int column = 0; column < visibleTracks.size(); column++) {
                cost[row][column] = 1 - similarity(candidates.get(row), visibleTracks.get(column), byScore);
            }
        }
        int[] columnOfRow = Assignment.minCost(cost, costLimit);
        var unmatched = new ArrayList<TrackedBox>();
        for (int row = 0; row < cost.length; row++) {
            if (columnOfRow[row] < 0) {
                unmatched.add(candidates.get(row));
            } else {
                Detection detection = visibleTracks.get(columnOfRow[row]);
                candidates.get(row).update(detection);
                detections.remove(detection);
            }
        }
        return unmatched;
    }

    private static double similarity(TrackedBox track, Detection detection, boolean byScore) {
        double overlap = track.box().overlapWith(detection.box());
        if (overlap == 0) {
            return 0;
        }
        double weight = track.label().equals(detection.label()) ? 1 : OTHER_LABEL_WEIGHT;
        return overlap * weight * (byScore ? detection.score() : 1);
    }

    private void startTracks(Set<Detection> strong) {
        for (Detection detection : strong) {
            if (detection.score() >= config.newScore()) {
                tracks.add(new TrackedBox(++lastId, detection, isFirstFrame ? 1 : config.confirmHits()));
            }
        }
    }

    /// Of an object that is seen and one that is missed on the same spot, the one followed for longer stays.
    private void removeDuplicates() {
        var visibleTracks =
                tracks.stream().filter(track -> track.missedFrames() == 0).toList();
        var missedTracks =
                tracks.stream().filter(track -> track.missedFrames() > 0).toList();
        for (TrackedBox visible : visibleTracks) {
            for (TrackedBox missing : missedTracks) {
                if (visible.box().overlapWith(missing.box()) > SAME_OBJECT_OVERLAP) {
                    long visibleFrames = visible.ageFrames();
                    long missingFrames = missing.ageFrames() - missing.missedFrames();
                    tracks.remove(visibleFrames > missingFrames ? missing : visible);
                }
            }
        }
    }

    private List<BoxTrack> report() {
        return tracks.stream()
                .filter(track -> !track.isLossReported())
                .map(track -> track.report(config.coastFrames()))
                .toList();
    }
}
