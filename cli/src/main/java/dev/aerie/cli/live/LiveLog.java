package dev.aerie.cli.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.cli.rerun.LogMessage;
import dev.aerie.cli.rerun.LogSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Hands the messages of a recording that goes on to all viewers. One that comes later begins with what holds for all
/// times and with what came since the last IDR frame; so does one that was too slow, at the next IDR frame.
final class LiveLog implements LogSink {

    private static final int MAX_GROUP_BYTES = ViewerQueue.MAX_BYTES / 2;
    private static final int MAX_GROUP_MESSAGES = ViewerQueue.MAX_MESSAGES / 2;

    @GuardedBy("this")
    private @Nullable LogMessage beginning;

    @GuardedBy("this")
    private final Map<String, LogMessage> lasting = new LinkedHashMap<>();

    @GuardedBy("this")
    private final List<LogMessage> group = new ArrayList<>();

    @GuardedBy("this")
    private final Set<ViewerQueue> viewers = new LinkedHashSet<>();

    @GuardedBy("this")
    private boolean hasGroup;

    @GuardedBy("this")
    private long groupBytes;

    @Override
    public synchronized void accept(LogMessage message) {
        if (message.kind() == LogMessage.STORE_INFO) {
            beginning = message;
            lasting.clear();
            forgetGroup();
            viewers.forEach(ViewerQueue::awaitGroup);
            return;
        }
        if (!message.lasting().isEmpty()) {
            lasting.put(message.lasting(), message);
        } else if (hasGroup) {
            group.add(message);
            groupBytes += message.content().size();
            if (groupBytes > MAX_GROUP_BYTES || group.size() > MAX_GROUP_MESSAGES) {
                forgetGroup();
            }
        }
        viewers.forEach(viewer -> viewer.offer(message));
    }

    /// The next message is an IDR frame.
    synchronized void beginGroup() {
        forgetGroup();
        hasGroup = true;
        List<LogMessage> first = all();
        viewers.forEach(viewer -> viewer.resume(first));
    }

    /// What a new viewer gets from now on; given back by [#leave].
    synchronized ViewerQueue join() {
        var viewer = new ViewerQueue();
        if (hasGroup) {
            viewer.resume(all());
        }
        viewers.add(viewer);
        return viewer;
    }

    synchronized void leave(ViewerQueue viewer) {
        viewers.remove(viewer);
    }

    synchronized int viewers() {
        return viewers.size();
    }

    @GuardedBy("this")
    private void forgetGroup() {
        group.clear();
        groupBytes = 0;
        hasGroup = false;
    }

    @GuardedBy("this")
    private List<LogMessage> all() {
        var all = new ArrayList<LogMessage>();
        if (beginning != null) {
            all.add(beginning);
        }
        all.addAll(lasting.values());
        all.addAll(group);
        return all;
    }
}
