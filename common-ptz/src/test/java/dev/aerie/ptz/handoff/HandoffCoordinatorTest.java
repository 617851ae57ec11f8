package dev.aerie.ptz.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.site.EastNorthUp;
import dev.aerie.ptz.site.MountingPose;
import dev.aerie.ptz.site.Reach;
import dev.aerie.ptz.site.Site;
import dev.aerie.ptz.site.SiteCamera;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HandoffCoordinatorTest {

    private static final double FRAMES_PER_SECOND = 10;
    private static final double METRES_PER_SECOND = 1.5;

    private final Site site = new Site(List.of(camera("west", -20), camera("east", 20)), 0);
    private final Map<String, PtzPosition> pointed = new HashMap<>();
    private final Map<String, Long> followed = new HashMap<>();
    private final Map<String, String> identities = new HashMap<>();
    private final List<HandoffEvent> events = new ArrayList<>();
    private HandoffCoordinator coordinator =
            new HandoffCoordinator(site, HandoffConfig.DEFAULT, IdentitySimilarity.NONE);
    private double seconds;

    private static SiteCamera camera(String name, double eastMetres) {
        var reach = new Reach(new PtzRange(-170, 170), new PtzRange(-90, 20), new PtzRange(1, 20), 3, 24);
        return new SiteCamera(name, MountingPose.upright(eastMetres, -10, 6, 0), Lens.rectilinear(60, 16.0 / 9), reach);
    }

    @Test
    void report_targetWalksToTheNeighbour_isOfferedPointedAtAndConfirmed() {
        followed.put("west", 1L);
        run(30, new Person(1, -15, METRES_PER_SECOND));

        var offered = (HandoffEvent.Offered) events.getFirst();
        assertThat(offered.handoff()).isEqualTo(new HandoffEvent.Handoff(1, "west", "east", 1, false));
        assertThat(events).hasAtLeastOneElementOfType(HandoffEvent.Repositioned.class);
        assertThat(confirmed().toTrackId()).isEqualTo(101);
        assertThat(confirmed().evidence()).isEqualTo(HandoffEvent.Evidence.GEOMETRY);
        var camera = site.camera("east").orElseThrow();
        var expected = camera.positionFor(offered.arrival(), 1.75, 0.25, PtzPosition.HOME);
        assertThat(offered.pointTo()).isEqualTo(expected);
    }

    @Test
    void report_targetStaysInTheMiddleOfTheReach_isNotOffered() {
        followed.put("west", 1L);
        run(20, new Person(1, -20, 0));

        assertThat(events).isEmpty();
    }

    @Test
    void report_targetTurnsBack_offerIsWithdrawn() {
        followed.put("west", 1L);
        run(10, new Person(1, -15, METRES_PER_SECOND, 8, 3));

        assertThat(events.getFirst()).isInstanceOf(HandoffEvent.Offered.class);
        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        HandoffEvent.Failed.class,
                        failed -> assertThat(failed.cause()).isEqualTo(HandoffEvent.Cause.TARGET_STAYED));
    }

    @Test
    void report_neighbourNeverSeesTheTarget_timesOut() {
        followed.put("west", 1L);
        run(60, new Person(1, -15, METRES_PER_SECOND, 1e9, 8));

        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        HandoffEvent.Failed.class,
                        failed -> assertThat(failed.cause()).isEqualTo(HandoffEvent.Cause.TIMED_OUT));
        assertThat(events).noneMatch(event -> event instanceof HandoffEvent.Confirmed);
    }

    @Test
    void report_anotherWalksTheOtherWayThroughTheSamePlace_isNotTakenForTheTarget() {
        followed.put("west", 1L);
        run(30, new Person(1, -15, METRES_PER_SECOND), new Person(2, 15, -METRES_PER_SECOND));

        assertThat(confirmed().toTrackId()).isEqualTo(101);
    }

    @Test
    void report_twoWalkSideBySide_appearanceDecides() {
        coordinator = new HandoffCoordinator(
                site, HandoffConfig.DEFAULT, (one, other) -> OptionalDouble.of(one.equals(other) ? 0.75 : 0.4));
        identities.put("1", "anna");
        identities.put("2", "bert");
        followed.put("west", 2L);
        run(30, new Person(1, -15, METRES_PER_SECOND), new Person(2, -15.3, METRES_PER_SECOND));

        assertThat(confirmed().toTrackId()).isEqualTo(102);
        assertThat(confirmed().evidence()).isEqualTo(HandoffEvent.Evidence.APPEARANCE);
    }

    @Test
    void report_neighbourFollowsSomeoneElse_isNotOffered() {
        followed.put("west", 1L);
        followed.put("east", 102L);
        run(25, new Person(1, -15, METRES_PER_SECOND), new Person(2, 20, 0));

        assertThat(events).isEmpty();
    }

    @Test
    void report_neighbourLosesItSoonAfterwards_isHandedBack() {
        followed.put("west", 1L);
        run(30, new Person(1, -15, METRES_PER_SECOND, 14.5, 1e9));
        var handoffs = events.stream()
                .filter(HandoffEvent.Confirmed.class::isInstance)
                .map(event -> event.handoff().isHandBack())
                .toList();

        assertThat(handoffs).containsExactly(false, true);
    }

    @Test
    void report_cameraOfAnotherSite_isIgnored() {
        var report = new CameraReport("roof", 0, PtzPosition.HOME, List.of(), OptionalLong.empty());

        assertThat(coordinator.report(report)).isEmpty();
    }

    /// Walks east; turns round once, or is hidden from the neighbour from some time on.
    private record Person(long id, double startMetres, double metresPerSecond, double turnsAtSeconds, double hiddenAt) {

        Person(long id, double startMetres, double metresPerSecond) {
            this(id, startMetres, metresPerSecond, 1e9, 1e9);
        }

        EastNorthUp footAt(double seconds) {
            double there = Math.min(seconds, turnsAtSeconds);
            double back = Math.max(0, seconds - turnsAtSeconds);
            return new EastNorthUp(startMetres + metresPerSecond * (there - back), 2, 0);
        }
    }

    private HandoffEvent.Confirmed confirmed() {
        return events.stream()
                .filter(HandoffEvent.Confirmed.class::isInstance)
                .map(HandoffEvent.Confirmed.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("not confirmed: " + events));
    }

    private void run(double untilSeconds, Person... people) {
        while (seconds < untilSeconds) {
            for (var camera : site.cameras()) {
                coordinator.report(report(camera, people)).forEach(this::obey);
            }
            seconds += 1 / FRAMES_PER_SECOND;
        }
    }

    private void obey(HandoffEvent event) {
        events.add(event);
        switch (event) {
            case HandoffEvent.Offered offered -> pointed.put(offered.handoff().to(), offered.pointTo());
            case HandoffEvent.Repositioned moved -> pointed.put(moved.handoff().to(), moved.pointTo());
            case HandoffEvent.Confirmed confirmed -> {
                followed.remove(confirmed.handoff().from());
                followed.put(confirmed.handoff().to(), confirmed.toTrackId());
            }
            case HandoffEvent.Failed _ -> {}
        }
    }

    /// A camera that follows points at its target as it should; another one where it was told to.
    private CameraReport report(SiteCamera camera, Person... people) {
        long base = camera.name().equals("east") ? 100 : 0;
        var own = Optional.ofNullable(followed.get(camera.name()));
        var position = pointed.getOrDefault(camera.name(), PtzPosition.HOME);
        for (var person : people) {
            if (own.filter(id -> id == base + person.id).isPresent() && camera.reaches(person.footAt(seconds))) {
                position = camera.positionFor(person.footAt(seconds), 1.75, 0.3, position);
            }
        }
        pointed.put(camera.name(), position);
        var seen = new ArrayList<SeenTarget>();
        for (var person : people) {
            boolean isHidden = base > 0 && seconds >= person.hiddenAt;
            var foot = camera.imageOf(person.footAt(seconds), position);
            if (!isHidden
                    && camera.reaches(person.footAt(seconds))
                    && foot.filter(point -> point.isInFrame()).isPresent()) {
                var identity = Optional.ofNullable(identities.get(Long.toString(person.id)));
                seen.add(new SeenTarget(base + person.id, "person", foot.get(), identity));
            }
        }
        return new CameraReport(
                camera.name(),
                Math.round(seconds * 1e9),
                position,
                seen,
                own.map(OptionalLong::of).orElseGet(OptionalLong::empty));
    }
}
