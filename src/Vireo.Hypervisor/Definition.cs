global using DomainDef = object;
