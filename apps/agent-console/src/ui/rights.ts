import { useMe } from '../client';

/** Whether this account may change anything: an auditor only reads. False until known. */
export function useMayWrite(): boolean {
  const role = useMe().data?.role;
  return role !== undefined && role !== 'auditor';
}

/** Whether this account sees and steers other people's work. */
export function useMaySupervise(): boolean {
  const role = useMe().data?.role;
  return role === 'supervisor' || role === 'administrator';
}

/** Whether this account configures the hub. */
export function useMayConfigure(): boolean {
  return useMe().data?.role === 'administrator';
}
