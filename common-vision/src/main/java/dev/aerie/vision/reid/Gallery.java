package dev.aerie.vision.reid;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Who was seen, by what they looked like: numbered identities with a few embeddings each. One gallery is shared by all
/// streams of a service, so that somebody keeps the identity from camera to camera; thread-safe.
public final class Gallery {

    private static final double NO_OTHER = -1;

    private final String embedder;
    private final int dimensions;
    private final GalleryConfig config;
    private final EmbeddingIndex index;

    /// In the order in which they were seen last.
    private final LinkedHashMap<Long, Identity> identities = new LinkedHashMap<>();

    private final Map<Integer, Long> identityOfSlot = new HashMap<>();
    private long lastIdentity;

    /// An empty one.
    ///
    /// - `embedder`: whose embeddings it holds, by [Embedder#name()]
    /// - `dimensions`: of each
    public Gallery(String embedder, int dimensions, GalleryConfig config) {
        this(embedder, dimensions, config, new GraphIndex(dimensions));
    }

    Gallery(String embedder, int dimensions, GalleryConfig config, EmbeddingIndex index) {
        this.embedder = embedder;
        this.dimensions = dimensions;
        this.config = config;
        this.index = index;
    }

    /// Whose embeddings it holds.
    public String embedder() {
        return embedder;
    }

    /// Numbers in each embedding.
    public int dimensions() {
        return dimensions;
    }

    /// Whom `seen` looks like; empty where nobody is alike enough, or two are equally so.
    public synchronized Optional<GalleryMatch> query(Embedding seen) {
        return best(requireFitting(seen))
                .filter(match -> match.similarity() >= config.minSimilarity() && match.margin() >= config.minMargin());
    }

    /// Keeps a new identity; returns its number, from 1, never used again.
    public synchronized long enroll(Embedding seen) {
        long identity = ++lastIdentity;
        remember(identity, seen);
        return identity;
    }

    /// Keeps what an identity looks like now, and that it was seen. One that was forgotten meanwhile is kept again
    /// under its number. Throws [IllegalArgumentException] for a number that was never given.
    public synchronized void remember(long identity, Embedding seen) {
        requireFitting(seen);
        if (identity < 1 || identity > lastIdentity) {
            throw new IllegalArgumentException("identities are 1 to " + lastIdentity + ", was " + identity);
        }
        Identity known = identities.remove(identity);
        Identity current = known == null ? new Identity(config.maxEmbeddings()) : known;
        identities.put(identity, current);
        current.makeRoomFor(seen).ifPresent(this::drop);
        int slot = index.add(seen);
        identityOfSlot.put(slot, identity);
        current.add(slot, seen);
        forgetOldest();
    }

    /// Whom `seen` looks like, or else a new identity; either way it is remembered.
    public synchronized long identify(Embedding seen) {
        Optional<GalleryMatch> match = query(seen);
        if (match.isEmpty()) {
            return enroll(seen);
        }
        remember(match.get().identity(), seen);
        return match.get().identity();
    }

    /// Forgets an identity; nothing where it is not there.
    public synchronized void forget(long identity) {
        Identity known = identities.remove(identity);
        if (known != null) {
            known.slots().forEach(this::drop);
        }
    }

    /// How alike two identities look at their most alike, -1..1; empty where one of them is not there. One and the same
    /// is as like itself as the gallery asks of whom it takes for an identity.
    public synchronized OptionalDouble similarity(long identity, long other) {
        Identity one = identities.get(identity);
        Identity two = identities.get(other);
        if (one == null || two == null) {
            return OptionalDouble.empty();
        }
        if (identity == other) {
            return OptionalDouble.of(Math.min(1, config.minSimilarity() + config.minMargin()));
        }
        return one.embeddings().stream()
                .flatMap(a -> two.embeddings().stream().map(a::similarityTo))
                .mapToDouble(Double::doubleValue)
                .max();
    }

    /// Number of identities.
    public synchronized int size() {
        return identities.size();
    }

    /// The embeddings of each identity, seen longest ago first: what [GalleryFile] keeps.
    synchronized Map<Long, List<Embedding>> contents() {
        var contents = new LinkedHashMap<Long, List<Embedding>>();
        identities.forEach((identity, known) -> contents.put(identity, known.embeddings()));
        return contents;
    }

    synchronized long lastIdentity() {
        return lastIdentity;
    }

    /// Takes over what was kept before; numbers go on after `last`.
    synchronized void restore(Map<Long, List<Embedding>> contents, long last) {
        lastIdentity = last;
        contents.forEach((identity, embeddings) -> embeddings.forEach(one -> remember(identity, one)));
    }

    /// The best identity whatever the thresholds. As each has at most [GalleryConfig#maxEmbeddings()], one more shows
    /// the second.
    private Optional<GalleryMatch> best(Embedding seen) {
        long best = 0;
        double similarity = NO_OTHER;
        double second = NO_OTHER;
        for (int slot : index.nearest(seen, config.maxEmbeddings() + 1)) {
            long identity = requireNonNull(identityOfSlot.get(slot));
            double one = requireNonNull(identities.get(identity)).similarity(slot, seen);
            if (best == 0) {
                best = identity;
                similarity = one;
            } else if (identity != best) {
                second = Math.max(second, one);
            }
        }
        return best == 0 ? Optional.empty() : Optional.of(new GalleryMatch(best, similarity, similarity - second));
    }

    private void drop(int slot) {
        index.remove(slot);
        identityOfSlot.remove(slot);
    }

    private void forgetOldest() {
        while (identities.size() > config.maxIdentities()) {
            forget(identities.keySet().iterator().next());
        }
    }

    private Embedding requireFitting(Embedding seen) {
        if (seen.dimensions() != dimensions) {
            throw new IllegalArgumentException("the gallery of " + embedder + " holds embeddings of " + dimensions
                    + " numbers, was given " + seen.dimensions());
        }
        return seen;
    }
}
