package jp.musubi.inbox.feed;

import java.io.InputStream;
import jp.musubi.inbox.FeedInbox.Delivery;

/** A file on the route. The stream is wrapped, so that nothing on the way copies it into memory. */
record Arrival(Delivery delivery, InputStream content) {}
