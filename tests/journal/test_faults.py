"""The tree of faults: codes are distinct, and say what they know."""

from voting.journal.faults import JournalFault, NetworkDrive, StoreFault, StoreFull, codes


def classes(fault: type[JournalFault]) -> list[type[JournalFault]]:
    return [fault, *(found for child in fault.__subclasses__() for found in classes(child))]


def test_every_fault_has_its_own_code() -> None:
    every = classes(JournalFault)
    assert len(codes()) == len(every)
    assert all("code" in vars(fault) for fault in every)


def test_a_fault_carries_its_facts() -> None:
    fault = NetworkDrive(path="/srv", kind="nfs4")
    assert fault.fields == {"path": "/srv", "kind": "nfs4"}
    assert str(fault) == "store_network_drive path='/srv' kind='nfs4'"
    assert isinstance(fault, StoreFault)
    assert (str(StoreFull()), StoreFull().fields) == ("store_full", {})
