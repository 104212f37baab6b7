package jp.musubi.identity.store;

import java.util.List;
import org.springframework.data.repository.ListCrudRepository;

interface OrganisationRepository extends ListCrudRepository<OrganisationEntity, Long> {

    List<OrganisationEntity> findAllByOrderById();
}
