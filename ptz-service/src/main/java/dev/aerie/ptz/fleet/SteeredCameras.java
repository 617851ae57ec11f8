package dev.aerie.ptz.fleet;

import dev.aerie.threads.BackgroundThread;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// All cameras that this service steers.
///
/// Owns them and a thread until [#close], which stops every camera.
public final class SteeredCameras implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(100);

    private final List<SteeredCamera> cameras;
    private final BackgroundThread ticks;

    /// - `cameras`: owned from here on; names and streams differ
    public SteeredCameras(List<SteeredCamera> cameras) {
        this.cameras = List.copyOf(cameras);
        this.ticks = BackgroundThread.every("cameras", TICK, () -> this.cameras.forEach(SteeredCamera::tick));
    }

    public void start() {
        cameras.forEach(SteeredCamera::start);
        ticks.start();
    }

    public List<SteeredCamera> all() {
        return cameras;
    }

    public Optional<SteeredCamera> find(String name) {
        return cameras.stream().filter(camera -> camera.name().equals(name)).findFirst();
    }

    /// The camera whose video a stream is.
    public Optional<SteeredCamera> ofStream(String stream) {
        return cameras.stream().filter(camera -> camera.stream().equals(stream)).findFirst();
    }

    /// From now on no camera moves by itself: the service ends.
    public void stopSteering() {
        cameras.forEach(SteeredCamera::stopSteering);
    }

    @Override
    public void close() {
        ticks.close();
        cameras.parallelStream().forEach(SteeredCamera::close);
    }
}
