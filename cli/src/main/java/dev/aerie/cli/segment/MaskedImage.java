package dev.aerie.cli.segment;

import dev.aerie.vision.mask.ObjectColour;
import dev.aerie.vision.sam2.AutomaticMask;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/// An image with masks painted over it, each in a colour of its own.
final class MaskedImage {

    private static final int OPACITY_PERCENT = 55;

    private MaskedImage() {}

    /// Writes `file` with masks as PNG; the worst mask is painted first. Throws [IOException] for what is no image.
    static void write(Path file, List<AutomaticMask> masks, Path target) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
            throw new IOException(file + " is no image");
        }
        var painted = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        var graphics = painted.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        for (int i = masks.size() - 1; i >= 0; i--) {
            var colour = ObjectColour.of(i);
            graphics.setColor(new Color(colour.red(), colour.green(), colour.blue(), 255 * OPACITY_PERCENT / 100));
            masks.get(i).mask().forEachRun((y, fromX, toX) -> graphics.fillRect(fromX, y, toX - fromX, 1));
        }
        graphics.dispose();
        if (!ImageIO.write(painted, "png", target.toFile())) {
            throw new IOException(target + " cannot be written");
        }
    }
}
