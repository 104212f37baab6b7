CREATE ALIAS IF NOT EXISTS h2gis_spatial FOR "org.h2gis.functions.factory.H2GISFunctions.load";
CALL h2gis_spatial();
