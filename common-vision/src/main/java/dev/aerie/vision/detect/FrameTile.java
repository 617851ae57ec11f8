package dev.aerie.vision.detect;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.VideoFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A rectangle of a frame as a frame: the same pixels, not a copy. Lent as long as the frame is.
///
/// - `left`, `top`: in the frame's pixels
record FrameTile(VideoFrame frame, int left, int top, FrameSize size) implements VideoFrame {

    private static final int BYTES_PER_PIXEL = 3;

    /// `across` × `across` tiles that cover `frame`.
    ///
    /// - `overlap`: of two neighbours, in parts of a tile's side, below 1
    static List<FrameTile> grid(VideoFrame frame, int across, double overlap) {
        int width = side(frame.size().widthPixels(), across, overlap);
        int height = side(frame.size().heightPixels(), across, overlap);
        var tiles = new ArrayList<FrameTile>();
        for (int row = 0; row < across; row++) {
            for (int column = 0; column < across; column++) {
                tiles.add(new FrameTile(
                        frame,
                        column * (frame.size().widthPixels() - width) / (across - 1),
                        row * (frame.size().heightPixels() - height) / (across - 1),
                        new FrameSize(width, height)));
            }
        }
        return tiles;
    }

    private static int side(int pixels, int across, double overlap) {
        return (int) Math.ceil(pixels / (across - (across - 1) * overlap));
    }

    /// A box in the tile's pixels, in those of the frame.
    Box toFrame(Box box) {
        return new Box(box.leftPixels() + left, box.topPixels() + top, box.widthPixels(), box.heightPixels());
    }

    @Override
    public ByteBuffer bgr() {
        ByteBuffer whole = frame.bgr();
        int begin = top * frame.strideBytes() + BYTES_PER_PIXEL * left;
        return whole.slice(begin, whole.limit() - begin).order(whole.order());
    }

    @Override
    public FrameStamp stamp() {
        return frame.stamp();
    }

    @Override
    public int strideBytes() {
        return frame.strideBytes();
    }

    @Override
    public long decodeNanos() {
        return frame.decodeNanos();
    }

    @Override
    public long decodedAtNanos() {
        return frame.decodedAtNanos();
    }

    @Override
    public void retain() {
        frame.retain();
    }

    @Override
    public void release() {
        frame.release();
    }
}
