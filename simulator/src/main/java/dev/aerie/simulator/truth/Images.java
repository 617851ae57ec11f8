package dev.aerie.simulator.truth;

import dev.aerie.simulator.image.RgbImage;
import dev.aerie.simulator.render.Visibility;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// Writes a frame and its truth as PNG files.
final class Images {

    static final int DEPTH_UNITS_PER_METRE = 100;
    private static final int FARTHEST = 0xFFFF;

    private Images() {}

    static void writeFrame(RgbImage rgb, Path file) throws IOException {
        int width = rgb.widthPixels();
        var image = new BufferedImage(width, rgb.heightPixels(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, rgb.heightPixels(), rgb.pixels(), 0, width);
        write(image, file);
    }

    /// 8 bits: the id of the object that a pixel shows, 0 for none.
    static void writeMask(Visibility visibility, Path file) throws IOException {
        var image = image(visibility, BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) visibility.objectIdAt(i);
        }
        write(image, file);
    }

    /// 16 bits: depth along the optical axis in centimetres; 0 for the sky and for what is farther than 655.35 m.
    static void writeDepth(Visibility visibility, Path file) throws IOException {
        var image = image(visibility, BufferedImage.TYPE_USHORT_GRAY);
        short[] pixels = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i++) {
            double units = visibility.depthAt(i) * DEPTH_UNITS_PER_METRE;
            pixels[i] = units < FARTHEST + 0.5 ? (short) Math.round(units) : 0;
        }
        write(image, file);
    }

    private static BufferedImage image(Visibility visibility, int type) {
        return new BufferedImage(
                visibility.size().widthPixels(), visibility.size().heightPixels(), type);
    }

    private static void write(BufferedImage image, Path file) throws IOException {
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("this JDK writes no PNG");
        }
    }
}
