package dev.aerie.ptz.follow;

import dev.aerie.threads.BackgroundThread;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The steering of all cameras, and the thread that goes on between frames. Owns it until [#close].
public final class Steerings implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(50);

    private final List<Steering> all;
    private final BackgroundThread thread;

    public Steerings(List<Steering> all) {
        this.all = List.copyOf(all);
        this.thread = BackgroundThread.every("steering", TICK, () -> this.all.forEach(Steering::tick));
    }

    public void start() {
        thread.start();
    }

    public List<Steering> all() {
        return all;
    }

    public Optional<Steering> find(String camera) {
        return all.stream().filter(one -> one.camera().name().equals(camera)).findFirst();
    }

    public Optional<Steering> ofStream(String stream) {
        return all.stream().filter(one -> one.camera().stream().equals(stream)).findFirst();
    }

    @Override
    public void close() {
        thread.close();
    }
}
