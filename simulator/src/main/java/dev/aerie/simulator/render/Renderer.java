package dev.aerie.simulator.render;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.image.RgbImage;
import dev.aerie.simulator.world.Face;
import dev.aerie.simulator.world.Scene;
import dev.aerie.simulator.world.SceneObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Renders a scene in two passes: visibility of surfaces per pixel, then shading, once per pixel. Used by one
/// thread.
///
/// The same scene and time give the same bytes on every machine: only IEEE arithmetic and [StrictMath].
public final class Renderer {

    /// The near plane.
    public static final double NEAR_METRES = 0.05;

    /// Of a frame with a rolling shutter: each is drawn from the camera's pose at its own time.
    private static final int BANDS = 30;

    private CameraIntrinsics camera;
    private final RgbImage image;
    private final Visibility visibility;
    private final Outline outline;
    private final Shader shader;
    private RigidTransform worldFromCamera = new RigidTransform(Rotation.IDENTITY, Vector3.ZERO);

    public Renderer(CameraIntrinsics camera) {
        this.camera = camera;
        this.image = new RgbImage(camera.size());
        this.visibility = new Visibility(camera.size());
        this.outline = new Outline(camera);
        this.shader = new Shader(visibility, image);
    }

    /// That of the last frame.
    public CameraIntrinsics camera() {
        return camera;
    }

    /// The last frame drawn, lent until the next.
    public RgbImage frame() {
        return image;
    }

    /// Where the camera of the last frame stood; with motion blur or a rolling shutter, in the middle of the exposure.
    public RigidTransform worldFromCamera() {
        return worldFromCamera;
    }

    /// The visibility of the last frame, lent until the next.
    public Visibility visibility() {
        return visibility;
    }

    /// Renders the camera's view at a time into [#frame]; with motion blur or a rolling shutter, [#visibility] is that
    /// of the middle of the exposure.
    public void render(Scene scene, double seconds) {
        double shutterSeconds = scene.exposure().shutterSeconds();
        if (shutterSeconds > 0) {
            new MotionBlur(image).take(moment -> drawOnFlight(scene, seconds + moment * shutterSeconds));
        } else {
            drawOnFlight(scene, seconds);
        }
    }

    /// Renders what a camera elsewhere than on the scene's flight sees, without motion blur.
    ///
    /// - `lens`: of the same frame size as the renderer's; it may differ from frame to frame
    public void renderFrom(Scene scene, RigidTransform cameraInWorld, CameraIntrinsics lens, double seconds) {
        if (!lens.size().equals(camera.size())) {
            throw new IllegalArgumentException("the frames are " + camera.size() + ", the lens is for " + lens.size());
        }
        camera = lens;
        outline.use(lens);
        worldFromCamera = cameraInWorld;
        draw(scene, seconds);
    }

    private void drawOnFlight(Scene scene, double seconds) {
        if (scene.exposure().readoutSeconds() > 0) {
            drawRolling(scene, seconds);
            return;
        }
        worldFromCamera = scene.trajectory().worldFromCamera(seconds);
        draw(scene, seconds);
    }

    /// Bands of rows from the top, each at its own time; then once more what the middle of the frame's time shows, for
    /// [#visibility].
    private void drawRolling(Scene scene, double seconds) {
        int height = camera.size().heightPixels();
        for (int band = 0; band < BANDS; band++) {
            int top = band * height / BANDS;
            int bottom = (band + 1) * height / BANDS;
            double fraction = (top + bottom) / 2.0 / height - 0.5;
            double moment = seconds + fraction * scene.exposure().readoutSeconds();
            outline.useRows(top, bottom);
            worldFromCamera = scene.trajectory().worldFromCamera(moment);
            findVisible(scene, moment);
            shader.shade(top, bottom, scene.exposure().at(moment));
        }
        outline.useRows(0, height);
        worldFromCamera = scene.trajectory().worldFromCamera(seconds);
        findVisible(scene, seconds);
    }

    private void draw(Scene scene, double seconds) {
        findVisible(scene, seconds);
        shader.shade(0, camera.size().heightPixels(), scene.exposure().at(seconds));
    }

    private void findVisible(Scene scene, double seconds) {
        visibility.clear();
        var ground = seen(scene.world().ground());
        ground.forEach(visibility::add);
        visibility.endGround();
        var things = seenThings(scene, seconds);
        for (var sceneObject : things) {
            sceneObject.faces().forEach(this::draw);
        }
        for (int i = 0; i < ground.size(); i++) {
            drawBehind(i + 1, ground.get(i).face);
        }
        visibility.startSky();
        for (var sky : seen(scene.world().sky())) {
            drawBehind(visibility.add(sky), sky.face);
        }
        things.forEach(this::drawShadow);
    }

    private List<Surface> seen(List<Face> faces) {
        List<Surface> surfaces = new ArrayList<>();
        for (var face : faces) {
            if (isFacing(face) && trace(face)) {
                surfaces.add(new Surface(face, worldFromCamera, camera));
            }
        }
        return surfaces;
    }

    /// The objects inside the view frustum, nearest first so that hidden pixels cost little.
    private List<SceneObject> seenThings(Scene scene, double seconds) {
        List<SceneObject> things = new ArrayList<>();
        scene.world().things().stream().filter(this::isInView).forEach(things::add);
        for (var body : scene.world().bodies()) {
            var place = body.worldFromBody(seconds).translation();
            if (isInView(place, body.reachMetres())) {
                things.add(body.at(seconds));
            }
        }
        var eye = worldFromCamera.translation();
        things.sort(Comparator.comparingDouble(
                sceneObject -> sceneObject.centre().minus(eye).length()));
        return things;
    }

    private boolean isInView(SceneObject sceneObject) {
        return isInView(sceneObject.centre(), sceneObject.radiusMetres());
    }

    /// Whether a sphere intersects the view frustum; its sides are planes through the camera.
    private boolean isInView(Vector3 centre, double radius) {
        var c = worldFromCamera.applyInverse(centre);
        return c.z() > -radius
                && isInside(
                        Math.abs(c.x()),
                        c.z(),
                        radius,
                        camera.focalXPixels(),
                        camera.size().widthPixels())
                && isInside(
                        Math.abs(c.y()),
                        c.z(),
                        radius,
                        camera.focalYPixels(),
                        camera.size().heightPixels());
    }

    private static boolean isInside(double across, double ahead, double radius, double focal, int pixels) {
        double half = pixels / 2.0 + 1;
        return across * focal - ahead * half <= radius * Math.sqrt(focal * focal + half * half);
    }

    private boolean isFacing(Face face) {
        return face.normal().dot(face.origin().minus(worldFromCamera.translation())) < 0;
    }

    private void draw(Face face) {
        if (isFacing(face) && trace(face)) {
            visibility.draw(visibility.add(new Surface(face, worldFromCamera, camera)), outline);
        }
    }

    private void drawBehind(int number, Face face) {
        if (trace(face)) {
            visibility.drawBehind(number, outline);
        }
    }

    private boolean trace(Face face) {
        outline.clear();
        for (int i = 0; i < face.cornerCount(); i++) {
            outline.add(worldFromCamera.applyInverse(face.corner(i)));
        }
        return outline.trace();
    }

    private void drawShadow(SceneObject sceneObject) {
        if (sceneObject.shadow().isEmpty()) {
            return;
        }
        outline.clear();
        for (var corner : sceneObject.shadow()) {
            outline.add(worldFromCamera.applyInverse(corner));
        }
        if (outline.trace()) {
            visibility.shade(outline);
        }
    }
}
