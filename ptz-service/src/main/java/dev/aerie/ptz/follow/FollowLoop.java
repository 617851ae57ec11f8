package dev.aerie.ptz.follow;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;
import dev.aerie.ptz.aim.Aim;
import dev.aerie.ptz.aim.AimFrame;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.aim.AimTrack;
import dev.aerie.ptz.aim.TargetChooser;
import dev.aerie.ptz.aim.TargetStatus;
import dev.aerie.ptz.camera.Direction;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.command.CommanderStatus;
import dev.aerie.ptz.control.FollowController;
import dev.aerie.ptz.control.FollowEvents;
import dev.aerie.ptz.control.FollowState;
import dev.aerie.ptz.control.Framing;
import dev.aerie.ptz.control.ImageTurn;
import dev.aerie.ptz.control.TargetObservation;
import dev.aerie.ptz.handoff.CameraReport;
import dev.aerie.ptz.handoff.SeenTarget;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.motion.CameraMotion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// From the tracks of frames to speeds, for one camera whose capabilities are known. Times are Unix times of this
/// machine. Not thread-safe.
final class FollowLoop {

    private final TargetChooser chooser;
    private final FollowController controller;
    private final Lens lens;
    private final boolean zooms;
    private final boolean watchesTurns;
    private final CameraClock clock = new CameraClock();
    private long reportedAtNanos;
    private long lastNanos;

    FollowLoop(String camera, SteeringConfig config, PtzCapabilities capabilities, SeenFrame first) {
        this.lens = config.lens(first.size().widthPixels(), first.size().heightPixels());
        this.zooms = capabilities.zoom().max() > capabilities.zoom().min();
        this.watchesTurns = !capabilities.reportsPosition();
        this.chooser = new TargetChooser(config.aim());
        this.controller = new FollowController(
                lens, capabilities, config.dynamics(capabilities), config.leased(), new FollowEvents(camera));
    }

    void use(AimMode mode) {
        chooser.use(mode);
        controller.release();
    }

    /// Takes what the camera last reported, once.
    ///
    /// - `nanoTime`, `unixNanos`: now, by both clocks
    void report(CommanderStatus status, long nanoTime, long unixNanos) {
        PtzPosition position = status.position();
        if (position != null && status.positionAtNanos() != reportedAtNanos) {
            reportedAtNanos = status.positionAtNanos();
            controller.report(unixNanos - (nanoTime - reportedAtNanos), position);
        }
    }

    /// Chooses the target in a frame, and tells the controller where it is.
    Optional<Aim> see(SeenFrame frame, long nanoTime, long unixNanos) {
        long arrived = unixNanos - (nanoTime - frame.receivedAtNanos());
        long captured = Math.max(lastNanos + 1, clock.captured(frame.stamp().captureTimeNanos(), arrived));
        lastNanos = captured;
        frame.motion().filter(_ -> watchesTurns).ifPresent(motion -> turned(frame, motion, captured));
        Optional<Aim> aim = chooser.choose(new AimFrame(
                captured,
                frame.size().widthPixels(),
                frame.size().heightPixels(),
                frame.tracks(),
                controller.camera(captured),
                lens));
        aim.ifPresent(this::observe);
        return aim;
    }

    /// The speed to command now, for [#lifetime]; empty where the camera has it already.
    Optional<PtzVelocity> step(long unixNanos) {
        return controller.step(unixNanos);
    }

    /// Somebody else commanded a speed.
    void commanded(long unixNanos, PtzVelocity velocity) {
        controller.commanded(unixNanos, velocity, lifetime());
    }

    /// Forgets where the target is going; it may be seen again in the next frame.
    void release() {
        controller.release();
    }

    Duration lifetime() {
        return controller.commandLifetime();
    }

    FollowState state() {
        return controller.state();
    }

    TargetStatus target() {
        return chooser.status();
    }

    /// What the image shows of the camera's turn; of one that says where it is, that is better.
    private void turned(SeenFrame frame, SeenMotion seen, long captured) {
        long from = captured - (frame.stamp().captureTimeNanos() - seen.fromCaptureNanos());
        if (from >= captured || seen.motion().equals(CameraMotion.NONE)) {
            return; // no motion may also be that nothing could be seen
        }
        double x = frame.size().widthPixels() / 2.0;
        double y = frame.size().heightPixels() / 2.0;
        PtzPosition was = controller.camera(from);
        Direction middle = lens.directionOf(
                new ImagePoint(
                        seen.motion().mapX(x, y) / x - 1, 1 - seen.motion().mapY(x, y) / y),
                was);
        controller.turned(new ImageTurn(
                from, captured, was.panDegrees() - middle.panDegrees(), was.tiltDegrees() - middle.tiltDegrees()));
    }

    /// What was seen in the newest frame, which `see` was given.
    CameraReport toReport(String camera, SeenFrame frame) {
        List<SeenTarget> seen = frame.tracks().stream()
                .filter(track -> track.state() == TrackState.CONFIRMED)
                .map(track -> new SeenTarget(track.id(), track.label(), foot(track, frame.size()), track.identity()))
                .toList();
        return new CameraReport(camera, lastNanos, controller.camera(lastNanos), seen, followed());
    }

    /// The target's track; of one that was looked for in vain, none.
    private OptionalLong followed() {
        return switch (chooser.status()) {
            case TargetStatus.Followed one -> OptionalLong.of(one.trackId());
            case TargetStatus.Lost one ->
                controller.state() == FollowState.LOST || controller.state() == FollowState.IDLE
                        ? OptionalLong.empty()
                        : OptionalLong.of(one.trackId());
            case TargetStatus.None _ -> OptionalLong.empty();
        };
    }

    private static ImagePoint foot(AimTrack track, FrameSize size) {
        Box box = track.box();
        return new ImagePoint(
                2 * (box.leftPixels() + box.widthPixels() / 2) / size.widthPixels() - 1,
                1 - 2 * box.bottomPixels() / size.heightPixels());
    }

    private void observe(Aim aim) {
        var framing = aim.framing();
        TargetObservation seen = aim.observation();
        double share = Math.min(1, Math.max(seen.width(), seen.height()) * framing.zoomFactorFor(seen));
        controller.frame(zooms && share > 0 ? Framing.filling(share) : Framing.CENTRED);
        controller.observe(seen);
    }

    /// Where the target is expected in the newest frame.
    Optional<ImagePoint> place() {
        return controller.placeAt(lastNanos);
    }
}
