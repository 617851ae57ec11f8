package dev.aerie.simulator.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.world.Body;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.simulator.world.Scene;
import dev.aerie.video.FrameSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RendererTest {

    private static final CameraIntrinsics CAMERA = CameraIntrinsics.of(new FrameSize(320, 180));
    private static final Scene TOWN = Scenario.TOWN.scene(7);

    private final Renderer renderer = new Renderer(CAMERA);

    @Test
    void render_sameSeed_sameBytes() {
        long first = digest(TOWN);

        assertThat(digest(Scenario.TOWN.scene(7))).isEqualTo(first);
        assertThat(digest(Scenario.TOWN.scene(8))).isNotEqualTo(first);
    }

    /// Guards the promise that every machine draws the same; change the number whenever the town is meant to change.
    @Test
    void render_seed7_isTheKnownFrame() {
        assertThat(digest(TOWN)).isEqualTo(2_879_910_741L);
    }

    /// Six rows of 180 are drawn together.
    @Test
    void render_rollingShutter_drawsEachBandOfRowsAtItsOwnTime() {
        double readoutSeconds = 0.03;
        renderer.render(TOWN.withRollingShutter(readoutSeconds), 10);
        int[] rolled = renderer.frame().pixels().clone();
        int width = CAMERA.size().widthPixels();
        for (int band : new int[] {0, 14, 29}) {
            double fraction = (6 * band + 3) / 180.0 - 0.5;
            renderer.render(TOWN, 10 + fraction * readoutSeconds);
            int from = 6 * band * width;
            int to = from + 6 * width;
            assertThat(Arrays.copyOfRange(rolled, from, to))
                    .as("band %d", band)
                    .isEqualTo(Arrays.copyOfRange(renderer.frame().pixels(), from, to));
        }
        renderer.render(TOWN, 10);
        assertThat(rolled).isNotEqualTo(renderer.frame().pixels());
    }

    @Test
    void render_rollingShutter_leavesTheVisibilityOfTheMiddle() {
        renderer.render(TOWN, 10);
        double[] depths = {
            renderer.visibility().depthAt(170 * 320 + 100),
            renderer.visibility().depthAt(20)
        };
        renderer.render(TOWN.withRollingShutter(0.03), 10);

        assertThat(renderer.visibility().depthAt(170 * 320 + 100)).isEqualTo(depths[0]);
        assertThat(renderer.visibility().depthAt(20)).isEqualTo(depths[1]);
        assertThat(renderer.worldFromCamera()).isEqualTo(TOWN.trajectory().worldFromCamera(10));
    }

    @Test
    void visibility_objectPixels_lieInsideTheirBody() {
        int checked = 0;
        for (double seconds = 0; seconds < 60; seconds += 3) {
            renderer.render(TOWN, seconds);
            for (int pixel = 0; pixel < pixelCount(); pixel++) {
                int id = renderer.visibility().objectIdAt(pixel);
                if (id > 0) {
                    checked++;
                    assertInsideBody(TOWN.world().bodies().get(id - 1), pixel, seconds);
                }
            }
        }
        assertThat(checked).isGreaterThan(5_000);
    }

    private void assertInsideBody(Body body, int pixel, double seconds) {
        int x = pixel % CAMERA.size().widthPixels();
        int y = pixel / CAMERA.size().widthPixels();
        var inCamera = CAMERA.unproject(x, y, renderer.visibility().depthAt(pixel));
        var inWorld = TOWN.trajectory().worldFromCamera(seconds).apply(inCamera);
        var inBody = body.worldFromBody(seconds).applyInverse(inWorld);
        assertThat(inBody.length())
                .as("%s at %d, %d: %s", body.label(), x, y, inBody)
                .isLessThan(body.reachMetres());
        assertThat(inBody.z()).isBetween(-0.05, 2.6);
    }

    @Test
    void visibility_groundAndSky_haveTheDepthOfTheirPlane() {
        renderer.render(TOWN, 10);
        int ground = 0;
        int sky = 0;
        for (int pixel = 0; pixel < pixelCount(); pixel++) {
            double depth = renderer.visibility().depthAt(pixel);
            if (Double.isInfinite(depth)) {
                sky++;
            } else if (Math.abs(worldHeight(pixel, depth, 10)) < 1e-6) {
                ground++;
            }
        }
        assertThat(ground).isGreaterThan(pixelCount() / 4);
        assertThat(sky).isBetween(pixelCount() / 50, pixelCount() / 2);
    }

    private double worldHeight(int pixel, double depth, double seconds) {
        int row = pixel / 320;
        var inCamera = CAMERA.unproject(pixel - row * 320, row, depth);
        return TOWN.trajectory().worldFromCamera(seconds).apply(inCamera).z();
    }

    /// What a frame shows, moved by pose and depth into the next one, must look as the next one does.
    @Test
    void render_nextFrame_isThisOneMovedByPoseAndDepth() {
        double now = 20;
        double next = now + 0.1;
        renderer.render(TOWN, now);
        int[] before = renderer.frame().pixels().clone();
        var points = new ArrayList<double[]>();
        for (int y = 90; y < 180; y++) {
            for (int x = 0; x < 320; x++) {
                points.add(landing(y * 320 + x, now, next));
            }
        }
        renderer.render(TOWN, next);
        double moved = 0;
        double unmoved = 0;
        int seen = 0;
        for (int i = 0; i < points.size(); i++) {
            int from = 90 * 320 + i;
            int to = indexOf(points.get(i));
            if (to >= 0 && Math.abs(renderer.visibility().depthAt(to) / points.get(i)[2] - 1) < 0.02) {
                seen++;
                moved += difference(before[from], renderer.frame().pixels()[to]);
                unmoved += difference(before[from], renderer.frame().pixels()[from]);
            }
        }
        assertThat(seen).isGreaterThan(20_000);
        assertThat(moved / seen).as("mean levels of error after the move").isLessThan(6);
        assertThat(moved).as("against standing still").isLessThan(0.6 * unmoved);
    }

    /// Column, row and depth in the later frame.
    private double[] landing(int pixel, double now, double next) {
        int row = pixel / 320;
        var inCamera =
                CAMERA.unproject(pixel - row * 320, row, renderer.visibility().depthAt(pixel));
        var inWorld = TOWN.trajectory().worldFromCamera(now).apply(inCamera);
        var later = TOWN.trajectory().worldFromCamera(next).applyInverse(inWorld);
        return new double[] {CAMERA.projectX(later), CAMERA.projectY(later), later.z()};
    }

    private static int indexOf(double[] landing) {
        long x = Math.round(landing[0]);
        long y = Math.round(landing[1]);
        return x >= 0 && x < 320 && y >= 0 && y < 180 ? (int) (y * 320 + x) : -1;
    }

    private static int difference(int a, int b) {
        return Math.abs(green(a) - green(b));
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void render_everyScenario_isSharpAndCovered(Scenario scenario) {
        var scene = scenario == Scenario.TOWN ? TOWN : scenario.scene(7);
        for (double share : List.of(0.0, 0.3, 0.9)) {
            renderer.render(scene, share * scene.seconds());

            assertThat(laplacianEnergy()).as("at %.1f of %s", share, scenario).isBetween(8.0, 70.0);
            assertThat(objectShare()).isLessThan(0.7);
        }
    }

    @Test
    void render_dark_isNearlyBlackAndComesBack() {
        var dark = Scenario.DARK.scene(7);
        renderer.render(dark, 10);
        assertThat(meanGreen()).isLessThan(4);
        renderer.render(dark, 14);
        assertThat(meanGreen()).isGreaterThan(50);
    }

    @Test
    void render_crowd_fillsAThirdWithObjects() {
        var crowd = Scenario.CROWD.scene(7);
        double sum = 0;
        for (double seconds = 0; seconds < 60; seconds += 5) {
            renderer.render(crowd, seconds);
            sum += objectShare();
        }
        assertThat(sum / 12).isBetween(0.25, 0.5);
    }

    private long digest(Scene scene) {
        var crc = new CRC32();
        byte[] row = new byte[4];
        for (int frame = 0; frame < 4; frame++) {
            renderer.render(scene, frame * 7.3);
            for (int rgb : renderer.frame().pixels()) {
                row[0] = (byte) rgb;
                row[1] = (byte) (rgb >> 8);
                row[2] = (byte) (rgb >> 16);
                crc.update(row);
            }
        }
        return crc.getValue();
    }

    private int pixelCount() {
        return renderer.frame().pixels().length;
    }

    private double objectShare() {
        int objects = 0;
        for (int pixel = 0; pixel < pixelCount(); pixel++) {
            objects += renderer.visibility().objectIdAt(pixel) > 0 ? 1 : 0;
        }
        return objects / (double) pixelCount();
    }

    private double meanGreen() {
        double sum = 0;
        for (int rgb : renderer.frame().pixels()) {
            sum += green(rgb);
        }
        return sum / pixelCount();
    }

    /// Root mean square of the Laplacian: low where a frame is flat or blurred, high where it is noise.
    private double laplacianEnergy() {
        int[] pixels = renderer.frame().pixels();
        double sum = 0;
        for (int y = 1; y < 179; y++) {
            for (int x = 1; x < 319; x++) {
                int at = y * 320 + x;
                int laplacian = 4 * green(pixels[at])
                        - green(pixels[at - 1])
                        - green(pixels[at + 1])
                        - green(pixels[at - 320])
                        - green(pixels[at + 320]);
                sum += (double) laplacian * laplacian;
            }
        }
        return Math.sqrt(sum / pixels.length);
    }

    private static int green(int rgb) {
        return (rgb >> 8) & 0xFF;
    }
}
