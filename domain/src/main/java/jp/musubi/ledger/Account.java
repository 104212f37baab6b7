package jp.musubi.ledger;

import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;

/**
 * Where units are, within one response. An account is stored as its kind and the id of what it stands for; it exists as
 * soon as something enters it.
 */
public sealed interface Account {

    AccountKind kind();

    /** Id of what the account stands for; 0 where a response has only one account of the kind. */
    long ref();

    default boolean isInside() {
        return kind().isInside();
    }

    /** Inside accounts have a balance that is never negative. */
    sealed interface Inside extends Account {}

    /** Outside accounts are sources and ends; nobody counts what lies in them. */
    sealed interface Outside extends Account {}

    /** With the one who gives. */
    record Donor(DonorId donor) implements Outside {
        @Override
        public AccountKind kind() {
            return AccountKind.DONOR;
        }

        @Override
        public long ref() {
            return donor.value();
        }
    }

    /** Those from whom goods are bought. */
    record Supplier() implements Outside {
        @Override
        public AccountKind kind() {
            return AccountKind.SUPPLIER;
        }

        @Override
        public long ref() {
            return 0;
        }
    }

    /** Those to whom money is paid. */
    record Payee() implements Outside {
        @Override
        public AccountKind kind() {
            return AccountKind.PAYEE;
        }

        @Override
        public long ref() {
            return 0;
        }
    }

    /** Used for what it was given for, or made into something else. */
    record Consumed(Use use) implements Outside {
        @Override
        public AccountKind kind() {
            return AccountKind.CONSUMED;
        }

        @Override
        public long ref() {
            return use.number();
        }
    }

    /** Gone without having helped anybody. */
    record Lost(LossReason reason) implements Outside {
        @Override
        public AccountKind kind() {
            return AccountKind.LOST;
        }

        @Override
        public long ref() {
            return reason.number();
        }
    }

    /** Promised, and still where the donor has it or on its way to a hub. */
    record Announced() implements Inside {
        @Override
        public AccountKind kind() {
            return AccountKind.ANNOUNCED;
        }

        @Override
        public long ref() {
            return 0;
        }
    }

    /** In a hub's store. */
    record AtHub(HubId hub) implements Inside {
        @Override
        public AccountKind kind() {
            return AccountKind.HUB;
        }

        @Override
        public long ref() {
            return hub.value();
        }
    }

    /** In a hub's store, opened and found good. */
    record Inspected(HubId hub) implements Inside {
        @Override
        public AccountKind kind() {
            return AccountKind.INSPECTED;
        }

        @Override
        public long ref() {
            return hub.value();
        }
    }

    /** On the way to a community in one consignment. */
    record Trip(ConsignmentId consignment) implements Inside {
        @Override
        public AccountKind kind() {
            return AccountKind.TRIP;
        }

        @Override
        public long ref() {
            return consignment.value();
        }
    }

    /** Arrived in a community. */
    record AtCommunity(CommunityId community) implements Inside {
        @Override
        public AccountKind kind() {
            return AccountKind.COMMUNITY;
        }

        @Override
        public long ref() {
            return community.value();
        }
    }

    /** Money at hand. */
    record Fund(FundId fund) implements Inside {
        @Override
        public AccountKind kind() {
            return AccountKind.FUND;
        }

        @Override
        public long ref() {
            return fund.value();
        }
    }

    /** Set aside for a course, a co-operative or another project. */
    record Project(ProjectId project) implements Inside {
        @Override
        public AccountKind kind() {
            return AccountKind.PROJECT;
        }

        @Override
        public long ref() {
            return project.value();
        }
    }

    /** Working time pledged to a volunteer activity. */
    record Activity(ActivityId activity) implements Inside {
        @Override
        public AccountKind kind() {
            return AccountKind.ACTIVITY;
        }

        @Override
        public long ref() {
            return activity.value();
        }
    }

    /** The account of a stored kind and reference. */
    static Account of(AccountKind kind, long ref) {
        return switch (kind) {
            case DONOR -> new Donor(new DonorId(ref));
            case SUPPLIER -> new Supplier();
            case PAYEE -> new Payee();
            case CONSUMED -> new Consumed(Use.of(ref));
            case LOST -> new Lost(LossReason.of(ref));
            case ANNOUNCED -> new Announced();
            case HUB -> new AtHub(new HubId(ref));
            case INSPECTED -> new Inspected(new HubId(ref));
            case TRIP -> new Trip(new ConsignmentId(ref));
            case COMMUNITY -> new AtCommunity(new CommunityId(ref));
            case FUND -> new Fund(new FundId(ref));
            case PROJECT -> new Project(new ProjectId(ref));
            case ACTIVITY -> new Activity(new ActivityId(ref));
        };
    }
}
