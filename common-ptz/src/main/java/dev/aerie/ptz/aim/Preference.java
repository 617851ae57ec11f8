package dev.aerie.ptz.aim;

import java.util.Optional;

/// Whom a mode prefers, and whether it changes its mind.
interface Preference {

    /// Above 0 for a track that may be chosen; the greatest is.
    double scoreOf(MovingTrack track, AimFrame frame);

    /// Whether a target may still be followed; for one that has walked into an ignored zone, say, it may not.
    boolean mayKeep(MovingTrack track);

    /// When a better one takes over; empty: never.
    Optional<OvertakeConfig> overtake();

    /// Whether this one target was named: then no other follows it.
    boolean isNamed();

    static Preference of(TargetSelector selector, AimConfig config) {
        return new Selected(selector, config);
    }

    static Preference ofRunner(AimConfig config) {
        return new Fastest(config);
    }

    /// As a selector has it.
    record Selected(TargetSelector selector, AimConfig config) implements Preference {

        private static final double MAX_CLICK_DISTANCE = 0.2;

        @Override
        public double scoreOf(MovingTrack track, AimFrame frame) {
            return switch (selector) {
                case TargetSelector.ById(long id) -> track.id() == id ? 1 : 0;
                case TargetSelector.ByIdentity(String identity) ->
                    track.track().identity().filter(identity::equals).isPresent() ? 1 : 0;
                case TargetSelector.AtPoint click -> clickScore(click, track, frame);
                case TargetSelector.ByLabel(String label) ->
                    track.track().label().equals(label)
                            ? config.interest()
                                    .interestOf(track, config.priorities().zoneWeightOf(track))
                            : 0;
                case TargetSelector.MostInteresting _ ->
                    config.interest().interestOf(track, config.priorities().weightOf(track));
            };
        }

        /// A box round the point counts more than any other, a small one more than a large one.
        private static double clickScore(TargetSelector.AtPoint click, MovingTrack track, AimFrame frame) {
            var box = track.track().box();
            var low = frame.point(box.leftPixels(), box.bottomPixels());
            var high = frame.point(box.rightPixels(), box.topPixels());
            double x = click.point().x() - Math.clamp(click.point().x(), low.x(), high.x());
            double y = click.point().y() - Math.clamp(click.point().y(), low.y(), high.y());
            double away = Math.hypot(x, y);
            double area = (high.x() - low.x()) * (high.y() - low.y());
            return away == 0 ? 1 + 1 / (area + 1e-6) : Math.max(0, 1 - away / MAX_CLICK_DISTANCE);
        }

        @Override
        public boolean mayKeep(MovingTrack track) {
            return switch (selector) {
                case TargetSelector.ById _, TargetSelector.ByIdentity _, TargetSelector.AtPoint _ -> true;
                case TargetSelector.ByLabel _ -> config.priorities().zoneWeightOf(track) > 0;
                case TargetSelector.MostInteresting _ -> config.priorities().weightOf(track) > 0;
            };
        }

        @Override
        public Optional<OvertakeConfig> overtake() {
            return selector instanceof TargetSelector.MostInteresting
                    ? Optional.of(config.overtake())
                    : Optional.empty();
        }

        @Override
        public boolean isNamed() {
            return selector.isNamed();
        }
    }

    /// The fastest.
    record Fastest(AimConfig config) implements Preference {

        @Override
        public double scoreOf(MovingTrack track, AimFrame frame) {
            double speed = track.velocity().speed(track.direction());
            boolean runs = speed >= config.runner().minSpeedDegreesPerSecond()
                    && track.ageSeconds() >= config.runner().averagingSeconds();
            return runs && mayKeep(track) ? speed : 0;
        }

        @Override
        public boolean mayKeep(MovingTrack track) {
            return config.priorities().weightOf(track) > 0;
        }

        @Override
        public Optional<OvertakeConfig> overtake() {
            return Optional.of(config.runner().overtake());
        }

        @Override
        public boolean isNamed() {
            return false;
        }
    }
}
