import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { OfferView } from '#contract';
import { call } from '../api.js';

export const useOffers = () => useQuery({ queryKey: ['offers'], queryFn: () => call(z.array(OfferView), '/offers') });
