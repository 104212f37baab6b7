package jp.musubi.identity.store;

import java.util.List;
import java.util.Optional;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.Organisations;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JpaOrganisations implements Organisations {

    private final OrganisationRepository repository;

    JpaOrganisations(OrganisationRepository repository) {
        this.repository = repository;
    }

    @Override
    public List<Organisation> listOrganisations() {
        return repository.findAllByOrderById().stream()
                .map(OrganisationEntity::toOrganisation)
                .toList();
    }

    @Override
    public Optional<Organisation> findById(OrganisationId id) {
        return repository.findById(id.value()).map(OrganisationEntity::toOrganisation);
    }

    @Override
    @Transactional
    public Organisation add(Organisation draft) {
        return repository.save(new OrganisationEntity(draft)).toOrganisation();
    }
}
