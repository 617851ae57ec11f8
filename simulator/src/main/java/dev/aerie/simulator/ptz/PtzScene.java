package dev.aerie.simulator.ptz;

import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.site.MountingPose;
import dev.aerie.ptz.site.Reach;
import dev.aerie.ptz.site.SiteCamera;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.simulator.world.Scene;
import java.util.List;

/// A street with people and cars, and the cameras over it.
///
/// - `scene`: the plaza; its own flight is not used
/// - `cameras`: named as their streams
public record PtzScene(Scene scene, List<SiteCamera> cameras) {

    public static final int MAX_CAMERAS = 2;

    private static final double MAST_METRES = 5.5;
    private static final double HALF_WAY_METRES = 24;
    private static final double REACH_METRES = 32;
    private static final double HFOV_DEGREES = 57.6;
    private static final double ASPECT = 16 / 9.0;
    private static final double EAST_DEGREES = 90;
    private static final double WEST_DEGREES = 270;

    public PtzScene {
        cameras = List.copyOf(cameras);
    }

    /// The plaza of a seed with one camera or two, which face each other over 48 m of street and see its middle both.
    public static PtzScene plaza(long seed, int cameras) {
        if (cameras < 1 || cameras > MAX_CAMERAS) {
            throw new IllegalArgumentException("cameras must be 1.." + MAX_CAMERAS + ", was " + cameras);
        }
        var all = List.of(
                camera("ptz-1", MountingPose.upright(-HALF_WAY_METRES, -3.5, MAST_METRES, EAST_DEGREES)),
                camera("ptz-2", MountingPose.upright(HALF_WAY_METRES, 3.5, MAST_METRES, WEST_DEGREES)));
        return new PtzScene(Scenario.PLAZA.scene(seed), all.subList(0, cameras));
    }

    private static SiteCamera camera(String name, MountingPose mounting) {
        var reach = new Reach(new PtzRange(-170, 170), new PtzRange(-90, 20), new PtzRange(1, 25), 3, REACH_METRES);
        return new SiteCamera(name, mounting, Lens.rectilinear(HFOV_DEGREES, ASPECT), reach);
    }
}
