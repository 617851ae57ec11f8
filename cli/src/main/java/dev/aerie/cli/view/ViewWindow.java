package dev.aerie.cli.view;

import static java.util.Objects.requireNonNull;

import dev.aerie.messages.FrameId;
import dev.aerie.messages.Point;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.event.ActionEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;

/// The window: frames, a line of text below them, keys and clicks. All but [#show] and [#tell] on the event thread.
final class ViewWindow {

    private static final Dimension EMPTY = new Dimension(640, 360);
    private static final double SCREEN_SHARE = 0.9;
    private static final int REFRESH_MILLIS = 500;
    private static final int MARGIN_PIXELS = 4;
    private static final double MILLIS_PER_SECOND = 1000;

    /// What the window asks for.
    interface Listener {
        void masksToggled();

        /// - `image`: the frame as it is displayed, at its own size
        void snapshot(FrameId frame, BufferedImage image);

        /// - `place`: in pixels of the frame
        void clicked(FrameId frame, Point place);

        void closed();
    }

    /// A frame as it is displayed.
    private record Drawn(FrameId id, BufferedImage image, boolean hasResult) {}

    private final JFrame window;
    private final FramePanel panel = new FramePanel();
    private final JLabel line = new JLabel(" ");
    private final Timer refresh;
    private final Listener listener;
    private final Supplier<String> state;
    private final AtomicReference<@Nullable ViewedFrame> newest = new AtomicReference<>();
    private @Nullable Drawn drawn;
    private boolean paused;
    private int drawnSinceRefresh;
    private double framesPerSecond;
    private String told = "";

    private ViewWindow(String title, Supplier<String> state, Listener listener) {
        this.listener = listener;
        this.state = state;
        window = new JFrame(title);
        line.setBorder(BorderFactory.createEmptyBorder(MARGIN_PIXELS, MARGIN_PIXELS, MARGIN_PIXELS, MARGIN_PIXELS));
        panel.setPreferredSize(EMPTY);
        window.add(panel, BorderLayout.CENTER);
        window.add(line, BorderLayout.SOUTH);
        window.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
        window.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent event) {
                listener.closed();
            }
        });
        panel.addMouseListener(new MouseAdapter() {
            @Override
            public void mousePressed(MouseEvent event) {
                click(event);
            }
        });
        key("SPACE", () -> {
            paused = !paused;
            refreshLine();
        });
        key("S", this::snapshot);
        key("M", listener::masksToggled);
        key("Q", window::dispose);
        key("ESCAPE", window::dispose);
        refresh = new Timer(REFRESH_MILLIS, _ -> measure());
    }

    /// Opens the window.
    ///
    /// - `state`: asked for the text below the frames, twice a second
    static ViewWindow open(String title, Supplier<String> state, Listener listener) {
        var opened = new AtomicReference<@Nullable ViewWindow>();
        onEventThread(() -> {
            var made = new ViewWindow(title, state, listener);
            made.window.pack();
            made.window.setVisible(true);
            made.refresh.start();
            opened.set(made);
        });
        return requireNonNull(opened.get());
    }

    /// Shows a frame; one that comes before the last was drawn replaces it. Any thread.
    void show(ViewedFrame frame) {
        if (newest.getAndSet(frame) == null) {
            SwingUtilities.invokeLater(this::drawNewest);
        }
    }

    /// A sentence for the user. Any thread.
    void tell(String sentence) {
        SwingUtilities.invokeLater(() -> {
            told = sentence;
            refreshLine();
        });
    }

    /// Any thread.
    void close() {
        onEventThread(() -> {
            refresh.stop();
            window.dispose();
        });
    }

    private void drawNewest() {
        ViewedFrame frame = newest.getAndSet(null);
        if (frame == null || paused) {
            return;
        }
        frame.result().ifPresent(result -> ResultOverlay.draw(frame.image(), result));
        boolean isFirst = drawn == null;
        drawn = new Drawn(frame.id(), frame.image(), frame.result().isPresent());
        drawnSinceRefresh++;
        if (isFirst) {
            fit(frame.image());
        }
        panel.repaint();
    }

    /// The window takes the size of the first frame, or as much of the screen as there is.
    private void fit(BufferedImage image) {
        Rectangle screen = GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
        double scale = Math.min(
                1,
                SCREEN_SHARE * Math.min(screen.getWidth() / image.getWidth(), screen.getHeight() / image.getHeight()));
        panel.setPreferredSize(new Dimension((int) (image.getWidth() * scale), (int) (image.getHeight() * scale)));
        window.pack();
    }

    private void measure() {
        framesPerSecond = drawnSinceRefresh * MILLIS_PER_SECOND / REFRESH_MILLIS;
        drawnSinceRefresh = 0;
        refreshLine();
    }

    private void refreshLine() {
        var text = new StringBuilder(state.get());
        Drawn now = drawn;
        if (now != null) {
            text.append("  #").append(now.id().frameNumber());
            text.append(paused ? "  paused" : String.format(Locale.ROOT, "  %.0f frames a second", framesPerSecond));
        }
        if (!told.isEmpty()) {
            text.append("  ").append(told);
        }
        line.setText(text.toString());
    }

    private void snapshot() {
        Optional.ofNullable(drawn).ifPresent(now -> listener.snapshot(now.id(), now.image()));
    }

    private void click(MouseEvent event) {
        Drawn now = drawn;
        if (now != null && SwingUtilities.isLeftMouseButton(event)) {
            panel.placeIn(now.image(), event.getX(), event.getY())
                    .ifPresent(place -> listener.clicked(now.id(), place));
        }
    }

    private void key(String name, Runnable action) {
        panel.getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).put(KeyStroke.getKeyStroke(name), name);
        panel.getActionMap().put(name, new AbstractAction() {
            @Override
            public void actionPerformed(ActionEvent event) {
                action.run();
            }
        });
    }

    private static void onEventThread(Runnable action) {
        if (SwingUtilities.isEventDispatchThread()) {
            action.run();
            return;
        }
        try {
            SwingUtilities.invokeAndWait(action);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// The frame as large as fits, in its own proportions.
    @SuppressWarnings("serial") // never written
    private final class FramePanel extends JPanel {

        FramePanel() {
            super(true);
            setBackground(Color.BLACK);
        }

        @Override
        protected void paintComponent(Graphics graphics) {
            super.paintComponent(graphics);
            Drawn now = drawn;
            if (now != null && graphics instanceof Graphics2D canvas) {
                canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
                Rectangle place = place(now.image());
                canvas.drawImage(now.image(), place.x, place.y, place.width, place.height, null);
            }
        }

        /// The place of a pixel of this panel in the frame; empty beside it.
        Optional<Point> placeIn(BufferedImage image, int x, int y) {
            Rectangle place = place(image);
            return place.contains(x, y)
                    ? Optional.of(new Point(
                            (x - place.x + 0.5) * image.getWidth() / place.width,
                            (y - place.y + 0.5) * image.getHeight() / place.height))
                    : Optional.empty();
        }

        private Rectangle place(BufferedImage image) {
            double scale = Math.min((double) getWidth() / image.getWidth(), (double) getHeight() / image.getHeight());
            int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
            int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
            return new Rectangle((getWidth() - width) / 2, (getHeight() - height) / 2, width, height);
        }
    }
}
