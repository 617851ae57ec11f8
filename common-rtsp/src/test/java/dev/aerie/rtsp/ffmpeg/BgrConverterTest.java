package dev.aerie.rtsp.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import dev.aerie.video.FramePool;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BgrConverterTest {

    private static final int HEIGHT = 34;
    private static final int ROOM_BYTES = 4096;
    private static final byte UNTOUCHED = 0x5a;

    static IntStream widths() {
        return IntStream.concat(IntStream.rangeClosed(2, 140), IntStream.of(162, 848, 1241, 1242));
    }

    /// With rows one after the other and with rows as a pool aligns them: what is written past the last row stays
    /// within the tail that every frame's memory has.
    @ParameterizedTest
    @MethodSource("widths")
    void convert_everyWidth_writesNoFurtherThanTheTail(int width) throws IOException {
        for (int strideBytes : new int[] {width * 3, Math.ceilDiv(width * 3, 32) * 32}) {
            assertThat(writtenPastTheEnd(width, strideBytes))
                    .as("%d pixels, rows of %d bytes", width, strideBytes)
                    .isLessThanOrEqualTo(FramePool.TAIL_BYTES);
        }
    }

    /// Without a tail the bytes of somebody else would be overwritten.
    @Test
    void convert_widthThatVectorsDoNotDivide_writesPastTheEnd() throws IOException {
        int most = 0;
        for (int width : widths().toArray()) {
            most = Math.max(most, writtenPastTheEnd(width, width * 3));
        }
        assertThat(most).isPositive();
    }

    private static int writtenPastTheEnd(int width, int strideBytes) throws IOException {
        int end = strideBytes * HEIGHT;
        var bgr = ByteBuffer.allocateDirect(end + ROOM_BYTES);
        for (int i = 0; i < bgr.capacity(); i++) {
            bgr.put(i, UNTOUCHED);
        }
        AVFrame frame = grey(width);
        try (var converter = new BgrConverter()) {
            converter.convert(frame, new FrameSize(width, HEIGHT), bgr, strideBytes);
        } finally {
            av_frame_free(frame);
        }
        int past = 0;
        for (int i = end; i < bgr.capacity(); i++) {
            if (bgr.get(i) != UNTOUCHED) {
                past = i + 1 - end;
            }
        }
        return past;
    }

    private static AVFrame grey(int width) throws IOException {
        AVFrame frame = av_frame_alloc();
        frame.format(AV_PIX_FMT_YUV420P).width(width).height(HEIGHT);
        Ffmpeg.check(av_frame_get_buffer(frame, 0), "frame");
        for (int plane = 0; plane < 3; plane++) {
            int rows = plane == 0 ? HEIGHT : (HEIGHT + 1) / 2;
            var bytes = frame.data(plane)
                    .capacity((long) frame.linesize(plane) * rows)
                    .asByteBuffer();
            while (bytes.hasRemaining()) {
                bytes.put((byte) 128);
            }
        }
        return frame;
    }
}
