package dev.aerie.ptz.measure;

import dev.aerie.ptz.calibration.Calibration;
import dev.aerie.ptz.calibration.FlowVector;
import dev.aerie.ptz.calibration.SelfCalibration;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.fleet.SteeredCamera;
import dev.aerie.ptz.follow.Steering;
import dev.aerie.ptz.follow.Steerings;
import dev.aerie.threads.BackgroundThread;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The self-calibrations of all cameras: those that run, and what came of the last one. Results are kept, and used from
/// the next frame on.
///
/// Safe for several threads. Owns a thread until [#close].
public final class Calibrations implements AutoCloseable {

    private static final Duration STEP = Duration.ofMillis(50);
    private static final double WIDEST = 1;

    private final Steerings steerings;
    private final CalibrationFiles files;
    private final InstantSource clock;
    private final Map<String, OngoingCalibration> runs = new ConcurrentHashMap<>();
    private final Map<String, Calibration> known = new ConcurrentHashMap<>();
    private final Map<String, Integer> widths = new ConcurrentHashMap<>();
    private final BackgroundThread steps = BackgroundThread.every("calibration", STEP, this::step);

    /// - `folder`: where results are kept
    public Calibrations(Steerings steerings, Path folder, InstantSource clock) {
        this.steerings = steerings;
        this.files = new CalibrationFiles(folder);
        this.clock = clock;
    }

    /// Cameras are steered by what they measured before.
    public void start() {
        for (Steering steering : steerings.all()) {
            String camera = steering.camera().name();
            files.read(camera).ifPresent(found -> use(steering, found));
        }
        steps.start();
    }

    private void use(Steering steering, Calibration found) {
        known.put(steering.camera().name(), found);
        steering.use(found);
    }

    /// Begins one. Throws [IllegalStateException] that says why it cannot: a person steers, one runs already, the
    /// camera does not answer, or its video does not flow.
    public synchronized OngoingCalibration begin(Steering steering) {
        SteeredCamera camera = steering.camera();
        PtzCapabilities capabilities = camera.capabilities()
                .filter(_ -> camera.status().isReady())
                .orElseThrow(() -> new IllegalStateException(camera.name() + " does not answer"));
        if (running(camera.name()).isPresent()) {
            throw new IllegalStateException(camera.name() + " calibrates itself already");
        }
        Integer width = widths.get(camera.name());
        if (width == null || !steering.sees()) {
            throw new IllegalStateException("no video of " + camera.name() + " flows");
        }
        if (!camera.hold(OngoingCalibration.OPERATOR)) {
            throw new IllegalStateException("somebody else is in control of " + camera.name());
        }
        PtzPosition position = camera.status().position();
        double zoom = position == null ? WIDEST : Math.max(WIDEST, position.zoom());
        var run = new OngoingCalibration(camera, new SelfCalibration(capabilities, width, zoom), found -> {
            files.write(camera.name(), found);
            use(steering, found);
        });
        runs.put(camera.name(), run);
        return run;
    }

    /// The last one that was begun.
    public Optional<OngoingCalibration> last(String camera) {
        return Optional.ofNullable(runs.get(camera));
    }

    /// What the camera measured last, in this run or before a restart.
    public Optional<Calibration> known(String camera) {
        return Optional.ofNullable(known.get(camera));
    }

    public Optional<OngoingCalibration> running(String camera) {
        return last(camera).filter(OngoingCalibration::isRunning);
    }

    /// Frames of a camera flow, so wide.
    public void sees(String camera, int widthPixels) {
        widths.put(camera, widthPixels);
    }

    /// How the image of a camera that calibrates itself has moved up to a frame.
    ///
    /// - `unixNanos`: when it was taken, on this machine's clock
    public void observe(String camera, long unixNanos, List<FlowVector> vectors) {
        running(camera).ifPresent(run -> run.observe(unixNanos, vectors));
    }

    /// Goes on with those that run; on a thread of its own once started.
    void step() {
        var now = clock.instant();
        long unixNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        runs.values().forEach(run -> run.step(unixNanos));
    }

    @Override
    public void close() {
        steps.close();
    }
}
