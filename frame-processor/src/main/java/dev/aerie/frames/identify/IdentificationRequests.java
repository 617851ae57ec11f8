package dev.aerie.frames.identify;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;

/// Objects for which identification was requested: the last [#MAX]. Safe for several threads.
final class IdentificationRequests {

    private static final int MAX = 10_000;

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final SequencedSet<Key> requested = new LinkedHashSet<>();

    private record Key(String session, long object) {

        static Key of(VisionApi.Subject subject) {
            return new Key(subject.session(), subject.object());
        }
    }

    boolean contains(VisionApi.Subject subject) {
        lock.lock();
        try {
            return requested.contains(Key.of(subject));
        } finally {
            lock.unlock();
        }
    }

    /// Whether it was not there.
    boolean add(VisionApi.Subject subject) {
        lock.lock();
        try {
            boolean isNew = requested.add(Key.of(subject));
            if (requested.size() > MAX) {
                requested.removeFirst();
            }
            return isNew;
        } finally {
            lock.unlock();
        }
    }

    void remove(VisionApi.Subject subject) {
        lock.lock();
        try {
            requested.remove(Key.of(subject));
        } finally {
            lock.unlock();
        }
    }
}
