package dev.aerie.ptz.identity;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;
import dev.aerie.ptz.aim.AimTrack;
import dev.aerie.ptz.aim.TargetStatus;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.reid.Embedder;
import dev.aerie.vision.reid.Embedding;
import dev.aerie.vision.reid.Gallery;
import dev.aerie.vision.reid.GalleryMatch;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// Who the tracks of one stream are. Each is looked at a few times, where its box shows nobody else; what these looks
/// have in common is looked up in the gallery. Later looks confirm that; one that is somebody else three times in a row
/// gets another identity: the tracker has mixed two up.
///
/// Owns its embedder until [#close]; used by one thread.
public final class TrackIdentities implements AutoCloseable {

    /// So that a frame is not held up by more crops than a network takes in a few milliseconds each.
    static final int MAX_LOOKS_PER_FRAME = 2;

    static final int LOOKS_TO_KNOW = 3;
    static final int LOOKS_TO_DOUBT = 3;

    private static final long FIRST_LOOKS_NANOS = 200_000_000L;
    private static final long LATER_LOOKS_NANOS = 1_000_000_000L;
    private static final long FORGET_NANOS = 5_000_000_000L;
    private static final double MIN_HEIGHT_PIXELS = 40;

    /// A box that shows more of another one shows somebody else too.
    private static final double MAX_OVERLAP = 0.2;

    private final Embedder embedder;
    private final Predicate<String> knows;
    private final Gallery gallery;
    private final Runnable changed;
    private final Map<Long, Look> looks = new HashMap<>();

    private static final class Look {
        private OptionalLong identity = OptionalLong.empty();
        private Optional<Embedding> mean = Optional.empty();
        private int count;
        private long other;
        private int doubts;
        private long lookedNanos = Long.MIN_VALUE;
        private long seenNanos;

        boolean isDue(long now) {
            long wait = identity.isPresent() ? LATER_LOOKS_NANOS : FIRST_LOOKS_NANOS;
            return lookedNanos == Long.MIN_VALUE || now - lookedNanos >= wait;
        }
    }

    /// - `embedder`: owned from here on
    /// - `knows`: labels that it can tell apart
    /// - `changed`: run when the gallery has learnt something
    TrackIdentities(Embedder embedder, Predicate<String> knows, Gallery gallery, Runnable changed) {
        this.embedder = embedder;
        this.knows = knows;
        this.gallery = gallery;
        this.changed = changed;
    }

    /// As the gallery numbers it; empty while that is not known.
    public Optional<String> of(long trackId) {
        Look look = looks.get(trackId);
        return look == null || look.identity.isEmpty()
                ? Optional.empty()
                : Optional.of(Long.toString(look.identity.getAsLong()));
    }

    /// Looks at some of the tracks of a frame: at the target first, then at those that are not known yet.
    ///
    /// - `frame`: lent
    /// - `target`: that is followed; who has its track and looks like nobody else keeps its identity
    public void look(VideoFrame frame, List<AimTrack> tracks, TargetStatus target) throws ModelException {
        long now = frame.stamp().captureTimeNanos();
        tracks.forEach(track -> looks.computeIfAbsent(track.id(), _ -> new Look()).seenNanos = now);
        looks.values().removeIf(look -> Math.abs(now - look.seenNanos) > FORGET_NANOS);
        List<AimTrack> chosen = tracks.stream()
                .filter(track -> isDue(track.id(), now) && isClear(track, tracks))
                .sorted(Comparator.comparing((AimTrack track) -> !isTarget(track, target))
                        .thenComparing(track -> of(track.id()).isPresent())
                        .thenComparingLong(AimTrack::id))
                .limit(MAX_LOOKS_PER_FRAME)
                .toList();
        List<Embedding> seen =
                embedder.embed(frame, chosen.stream().map(AimTrack::box).toList());
        for (int i = 0; i < chosen.size(); i++) {
            AimTrack track = chosen.get(i);
            Look look = Objects.requireNonNull(looks.get(track.id()));
            look.lookedNanos = now;
            take(look, seen.get(i), isTarget(track, target) ? identityOf(target) : Optional.empty());
        }
    }

    private boolean isDue(long trackId, long now) {
        Look look = looks.get(trackId);
        return look != null && look.isDue(now);
    }

    private static boolean isTarget(AimTrack track, TargetStatus target) {
        return target instanceof TargetStatus.Followed followed && followed.trackId() == track.id();
    }

    private static Optional<Long> identityOf(TargetStatus target) {
        return target instanceof TargetStatus.Followed followed
                ? followed.identity().map(Long::valueOf)
                : Optional.empty();
    }

    private boolean isClear(AimTrack track, List<AimTrack> all) {
        Box box = track.box();
        return track.state() == TrackState.CONFIRMED
                && knows.test(track.label())
                && box.heightPixels() >= MIN_HEIGHT_PIXELS
                && all.stream()
                        .noneMatch(
                                other -> other.id() != track.id() && other.box().overlapWith(box) > MAX_OVERLAP);
    }

    /// - `expected`: who it must be by where it is; empty where nobody is expected
    private void take(Look look, Embedding seen, Optional<Long> expected) {
        if (look.identity.isPresent()) {
            check(look, look.identity.getAsLong(), seen);
            return;
        }
        look.count++;
        Embedding mean = look.mean
                .map(before -> before.mixedWith(seen, 1 - 1.0 / look.count))
                .orElse(seen);
        look.mean = Optional.of(mean);
        if (look.count >= LOOKS_TO_KNOW) {
            Optional<Long> known = free(gallery.query(mean), look.seenNanos).or(() -> expected);
            known.ifPresent(identity -> gallery.remember(identity, mean));
            look.identity = OptionalLong.of(known.orElseGet(() -> gallery.enroll(mean)));
            changed.run();
        }
    }

    /// Whether it still looks like who it is.
    private void check(Look look, long identity, Embedding seen) {
        Optional<GalleryMatch> match = gallery.query(seen);
        if (match.isEmpty()) {
            return;
        }
        if (match.get().identity() == identity) {
            look.doubts = 0;
            gallery.remember(identity, seen);
            changed.run();
            return;
        }
        look.doubts = match.get().identity() == look.other ? look.doubts + 1 : 1;
        look.other = match.get().identity();
        if (look.doubts >= LOOKS_TO_DOUBT) {
            look.identity = OptionalLong.of(look.other);
            look.doubts = 0;
        }
    }

    /// The identity, unless another track of this frame has it: nobody is in two places.
    private Optional<Long> free(Optional<GalleryMatch> match, long now) {
        return match.map(GalleryMatch::identity)
                .filter(identity -> looks.values().stream()
                        .noneMatch(look -> look.seenNanos == now
                                && look.identity.isPresent()
                                && look.identity.getAsLong() == identity));
    }

    @Override
    public void close() {
        embedder.close();
    }
}
