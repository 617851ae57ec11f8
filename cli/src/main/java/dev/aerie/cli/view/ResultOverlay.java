package dev.aerie.cli.view;

import dev.aerie.messages.Box;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Mask;
import dev.aerie.messages.Point;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mask.ObjectColour;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/// Draws a frame's objects over it: masks, boxes, labels, in the dashboard's colours.
final class ResultOverlay {

    private static final int MASK_OPACITY = 115;
    private static final int OUTLINE_OPACITY = 76;
    private static final int OPAQUE = 255;
    private static final float LINE_PIXELS = 2;
    private static final float[] DASHES = {4, 4};
    private static final int FONT_PIXELS = 12;
    private static final int LABEL_HEIGHT_PIXELS = 18;
    private static final int LABEL_MARGIN_PIXELS = 5;
    private static final Color DARK = new Color(0x10141a);

    private ResultOverlay() {}

    /// Draws into `image`, the frame that `result` is of, at whatever size it has here.
    static void draw(BufferedImage image, FrameResult result) {
        double scaleX = (double) image.getWidth() / result.widthPixels();
        double scaleY = (double) image.getHeight() / result.heightPixels();
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        for (TrackedObject object : result.objects()) {
            drawMask(graphics, object, image, scaleX, scaleY);
        }
        for (TrackedObject object : result.objects()) {
            if (object.state() != TrackState.LOST) {
                drawBox(graphics, object, scaleX, scaleY);
                drawLabel(graphics, object, image.getWidth(), scaleX, scaleY);
            }
        }
        graphics.dispose();
    }

    private static void drawMask(
            Graphics2D graphics, TrackedObject object, BufferedImage image, double scaleX, double scaleY) {
        Mask mask = object.mask();
        List<Point> polygon = object.polygon();
        if (mask != null) {
            graphics.setColor(colour(object, MASK_OPACITY));
            fill(graphics, BinaryMask.of(mask), image);
        } else if (polygon != null) {
            var outline = new Path2D.Double();
            Point last = polygon.getLast();
            outline.moveTo(last.xPixels() * scaleX, last.yPixels() * scaleY);
            polygon.forEach(corner -> outline.lineTo(corner.xPixels() * scaleX, corner.yPixels() * scaleY));
            graphics.setColor(colour(object, OUTLINE_OPACITY));
            graphics.fill(outline);
        }
    }

    private static void fill(Graphics2D graphics, BinaryMask mask, BufferedImage image) {
        int width = mask.size().widthPixels();
        int height = mask.size().heightPixels();
        mask.forEachRun((y, fromX, toX) -> {
            int left = fromX * image.getWidth() / width;
            int top = y * image.getHeight() / height;
            int right = toX * image.getWidth() / width;
            int bottom = (y + 1) * image.getHeight() / height;
            graphics.fillRect(left, top, right - left, bottom - top);
        });
    }

    private static void drawBox(Graphics2D graphics, TrackedObject object, double scaleX, double scaleY) {
        Box box = object.box();
        graphics.setColor(colour(object, OPAQUE));
        graphics.setStroke(
                object.state() == TrackState.CONFIRMED
                        ? new BasicStroke(LINE_PIXELS)
                        : new BasicStroke(LINE_PIXELS, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, DASHES, 0));
        graphics.draw(new Rectangle2D.Double(
                box.leftPixels() * scaleX,
                box.topPixels() * scaleY,
                box.widthPixels() * scaleX,
                box.heightPixels() * scaleY));
    }

    private static void drawLabel(
            Graphics2D graphics, TrackedObject object, int widthPixels, double scaleX, double scaleY) {
        String text = object.label() + " #" + object.id() + " " + Math.round(object.score() * 100) + "%";
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, FONT_PIXELS));
        int labelWidth = graphics.getFontMetrics().stringWidth(text) + 2 * LABEL_MARGIN_PIXELS;
        int left = (int) Math.clamp(object.box().leftPixels() * scaleX, 0, Math.max(0, widthPixels - labelWidth));
        int above = (int) (object.box().topPixels() * scaleY) - LABEL_HEIGHT_PIXELS;
        int top = above < 0 ? Math.max(0, above + LABEL_HEIGHT_PIXELS) : above;
        graphics.setColor(colour(object, OPAQUE));
        graphics.fillRect(left, top, labelWidth, LABEL_HEIGHT_PIXELS);
        graphics.setColor(ObjectColour.of(object.id()).isBright() ? DARK : Color.WHITE);
        graphics.drawString(text, left + LABEL_MARGIN_PIXELS, top + LABEL_HEIGHT_PIXELS - LABEL_MARGIN_PIXELS);
    }

    private static Color colour(TrackedObject object, int opacity) {
        var colour = ObjectColour.of(object.id());
        return new Color(colour.red(), colour.green(), colour.blue(), opacity);
    }
}
