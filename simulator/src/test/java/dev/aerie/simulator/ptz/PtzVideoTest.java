package dev.aerie.simulator.ptz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.simulated.SimulatedDevice;
import dev.aerie.ptz.site.EastNorthUp;
import dev.aerie.ptz.site.SiteCamera;
import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.simulator.truth.FrameTruth;
import dev.aerie.simulator.truth.VisibleBody;
import dev.aerie.simulator.world.Body;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PtzVideoTest {

    private static final FrameSize SIZE = new FrameSize(640, 360);
    private static final EncoderSettings SETTINGS = new EncoderSettings(SIZE, 10, 1_000_000, 20);
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final PtzScene scene = PtzScene.plaza(7, 2);
    private Instant now = START;

    @Test
    void next_anyPositionOfTheCamera_peopleStandWhereTheSiteSays() throws IOException {
        int checked = 0;
        for (var camera : scene.cameras()) {
            for (var position :
                    List.of(new PtzPosition(0, -10, 1), new PtzPosition(-8, -8, 2), new PtzPosition(5, -12, 1.5))) {
                var device = new SimulatedDevice(Personalities.IDEAL, position, () -> now, new SplittableRandom(1));
                try (var video = new PtzVideo(SETTINGS, scene.scene(), camera, device, () -> now, START)) {
                    now = START.plusSeconds(9);
                    assertThat(video.next()).isPresent();
                    checked += check(camera, video);
                }
            }
        }
        assertThat(checked).isGreaterThan(10);
    }

    @Test
    void next_cameraPans_sceneMovesTheOtherWay() throws IOException {
        var device = new SimulatedDevice(
                Personalities.IDEAL, new PtzPosition(0, -10, 1), () -> now, new SplittableRandom(1));
        try (var video = new PtzVideo(SETTINGS, scene.scene(), scene.cameras().getFirst(), device, () -> now, START)) {
            video.next();
            var before = whole(video.visibleBodies());
            device.moveAt(new PtzVelocity(20, 0, 0), Duration.ofMillis(500));
            now = now.plusMillis(250);
            video.next();

            var after = whole(video.visibleBodies());
            assertThat(video.position().panDegrees()).isBetween(3.0, 5.5);
            assertThat(before).isNotEmpty();
            double expected = -video.position().panDegrees() * SIZE.widthPixels() / 57.6;
            assertThat(after)
                    .filteredOn(body -> before.stream().anyMatch(seen -> seen.id() == body.id()))
                    .isNotEmpty()
                    .allSatisfy(body -> {
                        double was = left(before, body.id());
                        assertThat(body.box().leftPixels() - was).isCloseTo(expected, within(25.0));
                    });
        }
    }

    @Test
    void next_cameraZooms_peopleGrow() throws IOException {
        var device = new SimulatedDevice(
                Personalities.IDEAL, new PtzPosition(0, -10, 1), () -> now, new SplittableRandom(1));
        try (var video = new PtzVideo(SETTINGS, scene.scene(), scene.cameras().getFirst(), device, () -> now, START)) {
            video.next();
            var before = whole(video.visibleBodies());
            device.moveTo(new PtzPosition(0, -10, 2));
            now = now.plusSeconds(2);
            video.next();

            assertThat(video.position().zoom()).isCloseTo(2, within(0.01));
            assertThat(video.capturedAtUnixNanos()).hasValue(now.getEpochSecond() * 1_000_000_000L);
            assertThat(whole(video.visibleBodies()))
                    .filteredOn(body -> before.stream().anyMatch(seen -> seen.id() == body.id()))
                    .isNotEmpty()
                    .allSatisfy(body -> assertThat(body.box().heightPixels() / height(before, body.id()))
                            .isBetween(1.5, 2.6));
        }
    }

    @Test
    void truth_asLine_isReadBack() throws IOException {
        var truth = new PtzTruth("ptz-1", 1.5, -10, 2, 17, FrameTruth.of(123, SIZE, List.of()));

        assertThat(PtzTruth.parse(truth.toJson())).isEqualTo(truth);
    }

    /// How many whole people the frame shows; each stands where the site's geometry has them.
    private int check(SiteCamera camera, PtzVideo video) {
        int checked = 0;
        for (var seen : whole(video.visibleBodies())) {
            var place = body(seen.id()).worldFromBody(9).translation();
            var foot = camera.imageOf(new EastNorthUp(place.x(), place.y(), 0), video.position())
                    .orElseThrow();
            double x = (foot.x() + 1) / 2 * SIZE.widthPixels();
            double y = (1 - foot.y()) / 2 * SIZE.heightPixels();
            double reach = seen.box().heightPixels() * 0.2 + 2;
            assertThat(seen.box().leftPixels() + seen.box().widthPixels() / 2).isCloseTo(x, within(reach));
            assertThat(seen.box().bottomPixels()).isCloseTo(y, within(reach));
            checked++;
        }
        return checked;
    }

    private Body body(int id) {
        return scene.scene().world().bodies().stream()
                .filter(body -> body.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private static List<VisibleBody> whole(List<VisibleBody> bodies) {
        return bodies.stream()
                .filter(body -> body.label().equals("person")
                        && body.visibleShare() > 0.9
                        && body.box().leftPixels() > 2
                        && body.box().rightPixels() < SIZE.widthPixels() - 2
                        && body.box().topPixels() > 2
                        && body.box().bottomPixels() < SIZE.heightPixels() - 2)
                .toList();
    }

    private static double height(List<VisibleBody> bodies, int id) {
        return bodies.stream()
                .filter(body -> body.id() == id)
                .findFirst()
                .orElseThrow()
                .box()
                .heightPixels();
    }

    private static double left(List<VisibleBody> bodies, int id) {
        return bodies.stream()
                .filter(body -> body.id() == id)
                .findFirst()
                .orElseThrow()
                .box()
                .leftPixels();
    }
}
