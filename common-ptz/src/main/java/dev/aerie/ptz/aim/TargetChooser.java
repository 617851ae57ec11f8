package dev.aerie.ptz.aim;

import dev.aerie.messages.Box;
import dev.aerie.ptz.control.TargetObservation;
import java.util.List;
import java.util.Optional;

/// Decides from frame to frame what a camera looks at, as its [AimMode] says. Used by one thread; knows no other time
/// than that of the frames, which must not run backwards.
///
/// A track counts while it is detected (`confirmed`). A target whose track is only predicted, or gone, is looked for:
/// [#choose] is empty meanwhile, and [#status] says since when.
public final class TargetChooser {

    private final AimConfig config;
    private final TrackMotions motions;
    private AimMode mode = new AimMode.Hold();
    private Optional<SingleChooser> single = Optional.empty();
    private Optional<GroupChooser> group = Optional.empty();
    private long lastFrameNanos = Long.MIN_VALUE;

    /// Holds, until [#use].
    public TargetChooser(AimConfig config) {
        this.config = config;
        this.motions = new TrackMotions(config.runner().averagingSeconds());
    }

    public AimMode mode() {
        return mode;
    }

    /// From now on; forgets the target, also where the mode is the same.
    public void use(AimMode newMode) {
        mode = newMode;
        single = switch (newMode) {
            case AimMode.FollowOne(TargetSelector selector) ->
                Optional.of(new SingleChooser(
                        Preference.of(selector, config), config.loss(), selector instanceof TargetSelector.AtPoint));
            case AimMode.FollowRunner _ ->
                Optional.of(new SingleChooser(Preference.ofRunner(config), config.loss(), false));
            case AimMode.Manual _, AimMode.FrameGroup _, AimMode.Hold _, AimMode.Tour _ -> Optional.empty();
        };
        group = newMode instanceof AimMode.FrameGroup
                ? Optional.of(new GroupChooser(config.group(), config.priorities()))
                : Optional.empty();
    }

    /// What to look at; empty without a target, and in modes that follow nobody.
    public Optional<Aim> choose(AimFrame frame) {
        lastFrameNanos = frame.captureTimeNanos();
        List<MovingTrack> tracks = motions.update(frame);
        if (group.isPresent()) {
            return everyone(group.get(), frame, tracks);
        }
        return single.flatMap(chooser -> chooser.choose(frame, tracks))
                .map(choice -> new Aim(
                        observation(frame, choice.track().track().box()),
                        config.framing(),
                        List.of(choice.track().id()),
                        choice.reason()));
    }

    /// Of the one target, after the last frame; a group has none.
    public TargetStatus status() {
        return single.map(chooser -> chooser.status(lastFrameNanos)).orElseGet(TargetStatus.None::new);
    }

    private Optional<Aim> everyone(GroupChooser chooser, AimFrame frame, List<MovingTrack> tracks) {
        var boxes = chooser.choose(frame, tracks);
        if (boxes.isEmpty()) {
            return Optional.empty();
        }
        var box =
                SuperBox.withMargin(SuperBox.of(boxes.values()), config.group().margin());
        return Optional.of(new Aim(
                observation(frame, box),
                config.group().framing(),
                boxes.keySet().stream().sorted().toList(),
                Aim.Reason.GROUP));
    }

    private static TargetObservation observation(AimFrame frame, Box box) {
        var centre = frame.centreOf(box);
        return new TargetObservation(
                frame.captureTimeNanos(),
                centre.x(),
                centre.y(),
                box.widthPixels() / frame.widthPixels(),
                box.heightPixels() / frame.heightPixels());
    }
}
