package dev.aerie.slam.dense.slam3r;

import dev.aerie.slam.dense.DenseView;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/// A keyframe as the networks know it: its tokens, and its points in the world once it is registered.
///
/// Owns native memory until [#close]; used by one thread at a time.
public final class SceneFrame implements AutoCloseable {

    private final Arena arena = Arena.ofShared();
    private final DenseView view;
    private final FloatBuffer windowTokens;
    private final FloatBuffer worldTokens;
    private final FloatBuffer points;
    private boolean isRegistered;

    /// - `view`: square
    /// - `tokenNumbers`: how many numbers its tokens are for one of the networks
    public SceneFrame(DenseView view, int tokenNumbers) {
        this.view = view;
        windowTokens = floats(tokenNumbers);
        worldTokens = floats(tokenNumbers);
        points = floats(3 * view.camera().widthPixels() * view.camera().heightPixels());
    }

    private FloatBuffer floats(int count) {
        return arena.allocate(ValueLayout.JAVA_FLOAT, count)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    public DenseView view() {
        return view;
    }

    /// For I2P; from position 0, to be filled by who makes it.
    public FloatBuffer windowTokens() {
        return windowTokens.duplicate();
    }

    /// For L2W; from position 0, to be filled by who makes it.
    public FloatBuffer worldTokens() {
        return worldTokens.duplicate();
    }

    /// Its points in the world, x, y, z of each pixel, from position 0; all 0 before it is registered.
    public FloatBuffer points() {
        return points.duplicate();
    }

    boolean isRegistered() {
        return isRegistered;
    }

    void register(PointMap inWorld) {
        points.duplicate().put(inWorld.points());
        isRegistered = true;
    }

    @Override
    public void close() {
        arena.close();
    }
}
