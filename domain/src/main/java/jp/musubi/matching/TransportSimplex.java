package jp.musubi.matching;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Primal network simplex for sources → sinks → root, where each sink pays a falling value per unit (tiers) and sources
 * may keep what they have. Pairs can be added at any time; the basis stays and stays feasible.
 *
 * <p>All arithmetic is in {@code long}. The basis is a spanning tree that is strongly feasible (every node could send
 * a little to the root), so that degenerate pivots cannot cycle: W. H. Cunningham, A network simplex method,
 * Mathematical Programming 11 (1976). Entering arcs are the best of a block: M. D. Grigoriadis, An efficient
 * implementation of the network simplex method, Mathematical Programming Study 26 (1986).
 *
 * <p>Nodes: sources 0 … s−1, sinks s … s+t−1, root s+t. Arcs: one from each source to the root (unused, cost 0), then
 * the tiers (sink to root, cost −value, limited), then one from the root to each sink (a start only, see below), then the
 * pairs (unlimited). Only tree arcs and full tiers carry flow, so flow is kept with the tree.
 *
 * <p>The start: tiers that probably will be served are full, and what fills them comes from the root at a price above any
 * value. The first pivots replace it by real supply, near before far, or empty the tiers again; so the work is about
 * distance from the beginning and does not wade through all values. Such an arc never enters again, and none has flow in
 * an optimum, as emptying a tier would gain.
 */
final class TransportSimplex {

    private static final byte FULL = -1;
    private static final byte TREE = 0;
    private static final byte EMPTY = 1;

    private static final long UNLIMITED = Long.MAX_VALUE;
    private static final int PIVOTS_BETWEEN_CHECKS = 256;
    private static final int SMALLEST_BLOCK = 32;

    private final int sources;
    private final int root;
    private final int tiersFrom;
    private final int startsFrom;
    private final int pairsFrom;
    private final long[] tierSize;

    private int arcs;
    private int[] from;
    private int[] to;
    private int[] cost;
    private byte[] state;

    // The tree; all by node.
    private final int[] parent;
    private final int[] arc;
    private final boolean[] upward;
    private final long[] flow;
    private final int[] depth;
    private final int[] firstChild;
    private final int[] nextSibling;
    private final int[] previousSibling;
    private final long[] potential;

    private int nextArc;
    private long pivots;

    /**
     * @param supply units in each source
     * @param sinks how many sinks; each has at least one tier
     * @param tierSink the sink of each tier, not falling; the tiers of a sink in the order of falling value
     * @param tierSize how many units a tier takes, at least 1
     * @param tierValue what a unit in the tier is worth
     * @param expected for each tier whether it will probably be full; in a sink never one after one that will not
     */
    TransportSimplex(long[] supply, int sinks, int[] tierSink, long[] tierSize, int[] tierValue, boolean[] expected) {
        this.sources = supply.length;
        this.root = sources + sinks;
        this.tiersFrom = sources;
        this.startsFrom = sources + tierSink.length;
        this.pairsFrom = startsFrom + sinks;
        this.tierSize = tierSize;
        int room = pairsFrom + 4 * (sources + sinks);
        from = new int[room];
        to = new int[room];
        cost = new int[room];
        state = new byte[room];
        arcs = pairsFrom;

        int nodes = root + 1;
        parent = new int[nodes];
        arc = new int[nodes];
        upward = new boolean[nodes];
        flow = new long[nodes];
        depth = new int[nodes];
        firstChild = new int[nodes];
        nextSibling = new int[nodes];
        previousSibling = new int[nodes];
        potential = new long[nodes];
        Arrays.fill(firstChild, -1);
        Arrays.fill(nextSibling, -1);
        Arrays.fill(previousSibling, -1);
        parent[root] = -1;
        arc[root] = -1;

        for (int source = 0; source < sources; source++) {
            from[source] = source;
            to[source] = root;
            hangUnderRoot(source, source, supply[source], 0);
        }
        int startCost = Math.max(0, Arrays.stream(tierValue).max().orElse(0)) + 1;
        for (int sink = 0; sink < sinks; sink++) {
            from[startsFrom + sink] = root;
            to[startsFrom + sink] = sources + sink;
            cost[startsFrom + sink] = startCost;
        }
        for (int tier = 0; tier < tierSink.length; tier++) {
            int a = tiersFrom + tier;
            int node = sources + tierSink[tier];
            from[a] = node;
            to[a] = root;
            cost[a] = -tierValue[tier];
            state[a] = EMPTY;
            boolean first = tier == 0 || tierSink[tier - 1] != tierSink[tier];
            if (expected[tier]) {
                state[a] = FULL;
                if (first) {
                    hangUnderRoot(node, startsFrom + tierSink[tier], 0, startCost);
                    upward[node] = false;
                }
                flow[node] += tierSize[tier];
            } else if (first) {
                hangUnderRoot(node, a, 0, tierValue[tier]);
            }
        }
    }

    private void hangUnderRoot(int node, int byArc, long withFlow, long withPotential) {
        parent[node] = root;
        arc[node] = byArc;
        state[byArc] = TREE;
        upward[node] = true;
        flow[node] = withFlow;
        depth[node] = 1;
        potential[node] = withPotential;
        link(node, root);
    }

    /** Adds a pair that was not there before. */
    void addPair(int source, int sink, int unitCost) {
        if (arcs == from.length) {
            int room = Math.addExact(arcs, arcs / 2 + 16);
            from = Arrays.copyOf(from, room);
            to = Arrays.copyOf(to, room);
            cost = Arrays.copyOf(cost, room);
            state = Arrays.copyOf(state, room);
        }
        from[arcs] = source;
        to[arcs] = sources + sink;
        cost[arcs] = unitCost;
        state[arcs] = EMPTY;
        arcs++;
    }

    /** Makes room for this many pairs in all. */
    void expectPairs(long pairs) {
        int room = Math.toIntExact(Math.addExact(pairsFrom, pairs));
        if (room > from.length) {
            from = Arrays.copyOf(from, room);
            to = Arrays.copyOf(to, room);
            cost = Arrays.copyOf(cost, room);
            state = Arrays.copyOf(state, room);
        }
    }

    /**
     * Begins with this flow over the pairs that were added so far, as far as supply and tiers allow, in place of the cold
     * start. Nothing may have been optimised before.
     *
     * <p>Pairs with flow make a forest. Each of its trees hangs under the root by an arc whose flow lies between its bounds, or
     * under a tree that hangs there by a pair that costs what it is worth at the prices, from a source to a sink nearer to the
     * root: so the prices are those of before wherever nothing has changed, and the tree is strongly feasible. What is left
     * hangs under the root by any arc; other arcs between their bounds are pivoted to a bound or into the basis, the way that
     * costs less.
     *
     * @param units for each pair in the order in which they were added; 0 = it costs what it is worth at the prices
     * @param sourcePrices, sinkPrices of before; {@link PlanStart#UNKNOWN} where they say nothing
     */
    void startFrom(long[] units, long[] sourcePrices, long[] sinkPrices) {
        long[] left = Arrays.copyOf(flow, sources);
        long[] served = new long[root - sources];
        long[] asked = new long[root - sources];
        for (int a = tiersFrom; a < startsFrom; a++) {
            asked[from[a] - sources] += tierSize[a - tiersFrom];
        }
        Forest forest = new Forest(root);
        long[] flowOfPair = new long[units.length];
        for (int pair = 0; pair < units.length; pair++) {
            int source = from[pairsFrom + pair];
            int sink = to[pairsFrom + pair] - sources;
            long possible = Math.min(units[pair], Math.min(left[source], asked[sink] - served[sink]));
            if (possible > 0 && forest.join(source, sources + sink, pair)) {
                flowOfPair[pair] = possible;
                left[source] -= possible;
                served[sink] += possible;
            }
        }
        Arrays.fill(firstChild, -1);
        Arrays.fill(parent, -1);
        Arrays.fill(state, 0, sources, EMPTY);
        // Arcs to the root with flow between their bounds, and how much.
        int[] between = new int[root];
        long[] betweenFlow = new long[root];
        int count = 0;
        for (int source = 0; source < sources; source++) {
            if (left[source] > 0) {
                between[count] = source;
                betweenFlow[count++] = left[source];
            }
        }
        for (int a = tiersFrom; a < startsFrom; a++) {
            int sink = from[a] - sources;
            long part = Math.min(served[sink], tierSize[a - tiersFrom]);
            served[sink] -= part;
            state[a] = part == tierSize[a - tiersFrom] ? FULL : EMPTY;
            if (part > 0 && state[a] == EMPTY) {
                between[count] = a;
                betweenFlow[count++] = part;
            }
        }
        Forest ways = new Forest(root);
        Hanging hanging = new Hanging(forest, ways, flowOfPair);
        int others = 0;
        for (int i = 0; i < count; i++) {
            if (parent[from[between[i]]] < 0) {
                hanging.hang(between[i], betweenFlow[i]);
                hanging.followFlow();
            } else {
                between[others] = between[i];
                betweenFlow[others++] = betweenFlow[i];
            }
        }
        for (int pair = 0; pair < units.length; pair++) {
            if (units[pair] == 0) {
                ways.addWay(to[pairsFrom + pair], from[pairsFrom + pair], pair);
            }
        }
        hanging.followWays();
        for (int source = 0; source < sources; source++) {
            if (sourcePrices[source] == 0) {
                hanging.hangIfLoose(source);
            }
        }
        for (int a = tiersFrom; a < startsFrom; a++) {
            if (state[a] == EMPTY && sinkPrices[from[a] - sources] == -cost[a]) {
                hanging.hangIfLoose(a);
            }
        }
        for (int source = 0; source < sources; source++) {
            hanging.hangIfLoose(source);
        }
        for (int a = tiersFrom; a < startsFrom; a++) {
            hanging.hangIfLoose(a);
        }
        for (int i = 0; i < others; i++) {
            int a = between[i];
            pivot(a, betweenFlow[i], cost[a] + potential[from[a]] - potential[to[a]] < 0);
        }
    }

    /** Hangs trees under the root, and under them all that pairs join to them. */
    private final class Hanging {
        private final Forest forest;
        private final Forest ways;
        private final long[] flowOfPair;

        /** What hangs already; of so many all pairs with flow, and all ways without, were followed. */
        private final int[] hanging = new int[root];

        private int count;
        private int flowFollowed;
        private int waysFollowed;

        Hanging(Forest forest, Forest ways, long[] flowOfPair) {
            this.forest = forest;
            this.ways = ways;
            this.flowOfPair = flowOfPair;
        }

        void hang(int byArc, long withFlow) {
            hangUnderRoot(from[byArc], byArc, withFlow, -cost[byArc]);
            hanging[count++] = from[byArc];
        }

        /** Hangs by an arc without flow what hangs nowhere yet, and all that is joined to it. */
        void hangIfLoose(int byArc) {
            if (parent[from[byArc]] < 0) {
                hang(byArc, 0);
                followFlow();
                followWays();
            }
        }

        void followFlow() {
            while (flowFollowed < count) {
                int node = hanging[flowFollowed++];
                for (int edge = forest.firstEdge(node); edge >= 0; edge = forest.nextEdge(edge)) {
                    if (parent[forest.end(edge)] < 0) {
                        join(forest.end(edge), node, Forest.pair(edge));
                    }
                }
            }
        }

        /** A tree that is reached comes whole, before any other way is followed: no pair with flow is left out. */
        void followWays() {
            while (waysFollowed < count) {
                int node = hanging[waysFollowed++];
                for (int edge = ways.firstEdge(node); edge >= 0; edge = ways.nextEdge(edge)) {
                    if (parent[ways.end(edge)] < 0) {
                        join(ways.end(edge), node, Forest.pair(edge));
                        followFlow();
                    }
                }
            }
        }

        private void join(int node, int under, int pair) {
            int a = pairsFrom + pair;
            parent[node] = under;
            arc[node] = a;
            state[a] = TREE;
            upward[node] = from[a] == node;
            flow[node] = flowOfPair[pair];
            depth[node] = depth[under] + 1;
            potential[node] = potential[under] + (upward[node] ? -cost[a] : cost[a]);
            link(node, under);
            hanging[count++] = node;
        }
    }

    /** Pairs that make no circle, with the pairs of each node. */
    private static final class Forest {
        private final int[] leader;
        private final int[] firstEdge;
        private int[] nextEdge = new int[64];
        private int[] end = new int[64];

        Forest(int nodes) {
            leader = new int[nodes];
            firstEdge = new int[nodes];
            Arrays.setAll(leader, node -> node);
            Arrays.fill(firstEdge, -1);
        }

        /** Whether the two were not joined before. Each pair is two edges, 2 · pair and 2 · pair + 1. */
        boolean join(int a, int b, int pair) {
            int leaderOfA = leader(a);
            int leaderOfB = leader(b);
            if (leaderOfA == leaderOfB) {
                return false;
            }
            leader[leaderOfA] = leaderOfB;
            addEdge(a, b, 2 * pair);
            addEdge(b, a, 2 * pair + 1);
            return true;
        }

        /** Leads from a node to another, and not back. */
        void addWay(int node, int other, int pair) {
            addEdge(node, other, 2 * pair);
        }

        private void addEdge(int node, int other, int edge) {
            if (edge >= end.length) {
                int room = Math.max(edge + 1, 2 * end.length);
                end = Arrays.copyOf(end, room);
                nextEdge = Arrays.copyOf(nextEdge, room);
            }
            end[edge] = other;
            nextEdge[edge] = firstEdge[node];
            firstEdge[node] = edge;
        }

        private int leader(int node) {
            int top = node;
            while (leader[top] != top) {
                leader[top] = leader[leader[top]];
                top = leader[top];
            }
            return top;
        }

        int firstEdge(int node) {
            return firstEdge[node];
        }

        int nextEdge(int edge) {
            return nextEdge[edge];
        }

        int end(int edge) {
            return end[edge];
        }

        static int pair(int edge) {
            return edge / 2;
        }
    }

    /**
     * Improves the flow until no arc gains.
     *
     * @param goOn asked now and then; false ends the work early with a feasible flow
     * @return whether the flow is optimal for the pairs that are known
     */
    boolean optimise(BooleanSupplier goOn) {
        int entering = findEntering();
        while (entering >= 0) {
            pivot(entering);
            if (++pivots % PIVOTS_BETWEEN_CHECKS == 0 && !goOn.getAsBoolean()) {
                return false;
            }
            entering = findEntering();
        }
        return true;
    }

    /** u: what one more unit in the source is worth. */
    long sourcePrice(int source) {
        return potential[source];
    }

    /** w: what one more unit arriving at the sink is worth. */
    long sinkPrice(int sink) {
        return potential[sources + sink];
    }

    long pivots() {
        return pivots;
    }

    int pairs() {
        return arcs - pairsFrom;
    }

    /** What the flow costs less what it is worth, to the digits that a share of it needs. */
    double objective() {
        double objective = 0;
        for (int node = 0; node < root; node++) {
            objective += (double) flow[node] * cost[arc[node]];
        }
        for (int a = tiersFrom; a < startsFrom; a++) {
            if (state[a] == FULL) {
                objective += (double) tierSize[a - tiersFrom] * cost[a];
            }
        }
        return objective;
    }

    /** Receives the flow of one pair. */
    @FunctionalInterface
    interface FlowConsumer {
        void accept(int source, int sink, long units);
    }

    /** Tells every pair with flow, in no particular order. */
    void forEachFlow(FlowConsumer consumer) {
        for (int node = 0; node < root; node++) {
            int a = arc[node];
            if (a >= pairsFrom && flow[node] > 0) {
                consumer.accept(from[a], to[a] - sources, flow[node]);
            }
        }
    }

    private int findEntering() {
        int block = Math.max(SMALLEST_BLOCK, (int) Math.sqrt(arcs));
        int best = -1;
        long bestGain = 0;
        int left = block;
        int a = nextArc < arcs ? nextArc : 0;
        for (int seen = 0; seen < arcs; seen++) {
            long gain = state[a] * (cost[a] + potential[from[a]] - potential[to[a]]);
            if (gain < bestGain) {
                bestGain = gain;
                best = a;
            }
            if (++a == arcs) {
                a = 0;
            }
            if (--left == 0) {
                if (best >= 0) {
                    nextArc = a;
                    return best;
                }
                left = block;
            }
        }
        nextArc = a;
        return best;
    }

    private long capacity(int a) {
        return a >= tiersFrom && a < startsFrom ? tierSize[a - tiersFrom] : UNLIMITED;
    }

    private void pivot(int entering) {
        boolean wasEmpty = state[entering] == EMPTY;
        pivot(entering, wasEmpty ? 0 : capacity(entering), wasEmpty);
    }

    /**
     * @param before the entering arc's flow
     * @param more whether it gets more, else less
     */
    private void pivot(int entering, long before, boolean more) {
        // More flow runs join → first → entering arc → second → join.
        int first = more ? from[entering] : to[entering];
        int second = more ? to[entering] : from[entering];
        int join = join(first, second);

        long capacity = capacity(entering);
        long limit = more && capacity != UNLIMITED ? capacity - before : more ? UNLIMITED : before;
        long delta = limit;
        int out = -1;
        boolean outOnFirst = false;
        for (int node = first; node != join; node = parent[node]) {
            long room = upward[node] ? flow[node] : room(node);
            if (room < delta) {
                delta = room;
                out = node;
                outOnFirst = true;
            }
        }
        // ≤ here and < above choose the last blocking arc of the cycle: the tree stays strongly feasible.
        for (int node = second; node != join; node = parent[node]) {
            long room = upward[node] ? room(node) : flow[node];
            if (room <= delta && room != UNLIMITED) {
                delta = room;
                out = node;
                outOnFirst = false;
            }
        }

        if (delta > 0) {
            for (int node = first; node != join; node = parent[node]) {
                flow[node] += upward[node] ? -delta : delta;
            }
            for (int node = second; node != join; node = parent[node]) {
                flow[node] += upward[node] ? delta : -delta;
            }
        }
        if (out < 0) {
            state[entering] = more ? FULL : EMPTY;
            return;
        }
        if (arc[out] < startsFrom || arc[out] >= pairsFrom) {
            state[arc[out]] = flow[out] == 0 ? EMPTY : FULL;
        }
        state[entering] = TREE;
        long enteringFlow = more ? before + delta : before - delta;
        if (outOnFirst) {
            rehang(first, second, entering, enteringFlow, out);
        } else {
            rehang(second, first, entering, enteringFlow, out);
        }
    }

    private long room(int node) {
        long capacity = capacity(arc[node]);
        return capacity == UNLIMITED ? UNLIMITED : capacity - flow[node];
    }

    private int join(int u, int v) {
        int a = u;
        int b = v;
        while (depth[a] > depth[b]) {
            a = parent[a];
        }
        while (depth[b] > depth[a]) {
            b = parent[b];
        }
        while (a != b) {
            a = parent[a];
            b = parent[b];
        }
        return a;
    }

    /** Takes the subtree under {@code out}, which holds {@code node}, off its parent and hangs it by node under another. */
    private void rehang(int node, int under, int byArc, long withFlow, int out) {
        int u = node;
        int newParent = under;
        int newArc = byArc;
        long newFlow = withFlow;
        boolean newUpward = from[byArc] == node;
        while (true) {
            int oldParent = parent[u];
            int oldArc = arc[u];
            long oldFlow = flow[u];
            boolean oldUpward = upward[u];
            unlink(u, oldParent);
            parent[u] = newParent;
            arc[u] = newArc;
            flow[u] = newFlow;
            upward[u] = newUpward;
            link(u, newParent);
            if (u == out) {
                break;
            }
            newParent = u;
            newArc = oldArc;
            newFlow = oldFlow;
            newUpward = !oldUpward;
            u = oldParent;
        }
        long price = upward[node] ? potential[under] - cost[byArc] : potential[under] + cost[byArc];
        shiftSubtree(node, price - potential[node]);
    }

    private void shiftSubtree(int top, long by) {
        int node = top;
        while (true) {
            potential[node] += by;
            depth[node] = depth[parent[node]] + 1;
            if (firstChild[node] >= 0) {
                node = firstChild[node];
                continue;
            }
            while (node != top && nextSibling[node] < 0) {
                node = parent[node];
            }
            if (node == top) {
                return;
            }
            node = nextSibling[node];
        }
    }

    private void link(int node, int under) {
        int next = firstChild[under];
        nextSibling[node] = next;
        previousSibling[node] = -1;
        if (next >= 0) {
            previousSibling[next] = node;
        }
        firstChild[under] = node;
    }

    private void unlink(int node, int under) {
        int next = nextSibling[node];
        int previous = previousSibling[node];
        if (previous >= 0) {
            nextSibling[previous] = next;
        } else {
            firstChild[under] = next;
        }
        if (next >= 0) {
            previousSibling[next] = previous;
        }
    }
}
