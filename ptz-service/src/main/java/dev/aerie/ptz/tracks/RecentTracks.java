package dev.aerie.ptz.tracks;

import dev.aerie.messages.Box;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.TrackedObject;
import dev.aerie.vision.mot.BoxTrack;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The tracks of the last frames, to which what frame-processor finds in the same frames is joined when it comes:
/// later than ours, with masks, often with a better label. A result whose frame is forgotten changes nothing.
///
/// Safe for several threads.
public final class RecentTracks {

    /// Some seconds at the usual rates.
    static final int MAX_FRAMES = 90;

    static final int MAX_REFINEMENTS = 256;

    /// Intersection over union from which an object and a track are the same thing.
    private static final double MIN_OVERLAP = 0.4;

    private final SequencedMap<Long, List<BoxTrack>> frames = new LinkedHashMap<>();
    private final SequencedMap<Long, Refinement> refinements = new LinkedHashMap<>();
    private String session = "";
    private long joined;

    /// Takes the tracks of a new frame.
    public synchronized void remember(String ofSession, long frameNumber, List<BoxTrack> tracks) {
        if (!ofSession.equals(session)) {
            session = ofSession;
            frames.clear();
            refinements.clear();
        }
        frames.putLast(frameNumber, List.copyOf(tracks));
        if (frames.size() > MAX_FRAMES) {
            frames.pollFirstEntry();
        }
    }

    /// Joins the objects of a frame to the tracks that they overlap in it; each goes to one track at most.
    public synchronized void add(FrameResult result) {
        var id = result.envelope().frameId();
        List<BoxTrack> tracks = id.session().equals(session) ? frames.get(id.frameNumber()) : null;
        if (tracks == null) {
            return;
        }
        Map<BoxTrack, TrackedObject> best = new HashMap<>();
        for (TrackedObject object : result.objects()) {
            closest(object.box(), tracks)
                    .ifPresent(track ->
                            best.merge(track, object, (a, b) -> overlap(a, track) >= overlap(b, track) ? a : b));
        }
        best.forEach(this::refine);
    }

    /// What is known of a track beyond its own detections.
    public synchronized Optional<Refinement> of(long trackId) {
        return Optional.ofNullable(refinements.get(trackId));
    }

    /// Results that were joined to a track so far.
    public synchronized long joined() {
        return joined;
    }

    private void refine(BoxTrack track, TrackedObject object) {
        joined++;
        refinements.remove(track.id());
        refinements.putLast(track.id(), Refinement.of(object.label(), object.box(), track.box()));
        if (refinements.size() > MAX_REFINEMENTS) {
            refinements.pollFirstEntry();
        }
    }

    private static Optional<BoxTrack> closest(Box box, List<BoxTrack> tracks) {
        return tracks.stream()
                .filter(track -> track.box().overlapWith(box) >= MIN_OVERLAP
                        && track.box().areaPixels() > 0)
                .max((a, b) -> Double.compare(a.box().overlapWith(box), b.box().overlapWith(box)));
    }

    private static double overlap(TrackedObject object, BoxTrack track) {
        return object.box().overlapWith(track.box());
    }
}
