package jp.musubi.identity.store;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface OrganisationRepository extends JpaRepository<OrganisationEntity, Long> {

    List<OrganisationEntity> findAllByOrderById();

    List<OrganisationEntity> findAllByClosedAtIsNullOrderById();
}
